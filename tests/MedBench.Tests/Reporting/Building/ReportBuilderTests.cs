using MedBench.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Reporting.Building;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Tests.Reporting.Html;
using MedBench.Training.Runs;

namespace MedBench.Tests.Reporting.Building;

public sealed class ReportBuilderTests
{
    private static readonly PublishedResults s_published = PublishedResults.Load();
    private static readonly VerdictRules s_rules = VerdictRules.Load();

    private static BenchmarkReport Build(IReadOnlyList<RunResult> runs, params IReadOnlyList<string> papers) =>
        new ReportBuilder(new Book(s_published, s_rules, [], () => [], new SampleRuns(runs).Runs()) { Lock = SampleReport.LockOf([new SampleRuns(runs)]) }).Build(papers);

    [Fact]
    public void Build_RunsOfOneCell_AreJudgedTogetherAndTheRestIsNotRun()
    {
        var run = SampleRuns.Configuration();
        var report = Build([SampleRuns.Result(run, 0, 0.86, 0.90), SampleRuns.Result(run, 1, 0.87, 0.91)]);

        var cell = Assert.Single(report.Cells, c => c.IsRun && c.Cell.Key.Metric == Metric.Acc);
        Assert.Equal([0L, 1L], cell.Cell.Seeds.Select(s => s.Seed));
        Assert.Equal("2 of 5 seeds", Assert.Single(cell.Marks).Text);
        var coverage = Assert.Single(report.Coverage);
        Assert.Equal(("yang2023", 154, 2, 2), (coverage.Paper, coverage.Cells, coverage.CellsRun, coverage.Runs));
        Assert.Equal(152, report.Cells.Count(c => c.Has(MarkKind.NotRun)));
        Assert.Contains(report.Marks, m => m.Kind == MarkKind.PartialGrid && m.Text.Contains("2 of the 154", StringComparison.Ordinal));
        Assert.Contains(report.Limitations, l => l.StartsWith("yang2023: 152 of 154 cells", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_WhatNoRecipeHolds_IsShownAsWhatItIsWithItsCommand()
    {
        var plain = SampleRuns.Configuration("dermamnist", "resnet18.a1_in1k", "wu2025", "end-to-end", 224);
        var edited = plain with { Recipe = plain.Recipe with { EvaluationBatchSize = 7 } };
        var file = plain with { Recipe = edited.Recipe with { Name = "mine", Paper = "wu2025" } };
        RunConfiguration[] configurations = [plain with { EncoderRate = 7e-5 }, edited, file];
        RunResult[] runs = [.. configurations.Select(c => SampleRuns.Result(c, 0, 0.75, weights: WeightsId.Formula))];

        var report = Build(runs);

        string[] variants = ["lr-7e-5+formula-weights", $"recipe-{edited.OtherRecipe}+formula-weights"];
        Assert.Equal([.. variants, variants[1] + "+alternative-1"], report.Cells.Where(c => c.IsRun).Select(c => c.Cell.Key.Variant.ToString()).Order(StringComparer.Ordinal));
        Assert.All(report.Cells.Where(c => c.IsRun), c => Assert.Equal(("wu2025", VerdictKind.Unpublished), (c.Cell.Key.Paper, c.Cell.Verdict.Kind)));
        string[] marks = ["encoder learning rate 7e-5", "recipe wu2025, edited: evaluationBatchSize 7 instead of 64", "recipe mine: evaluationBatchSize 7 instead of 64"];
        string[] recipes = ["--recipe wu2025 --seeds 0 --encoder-lr 7e-5", $"--recipe results/{runs[1].Id}/result.json --seeds 0", $"--recipe results/{runs[2].Id}/result.json --seeds 0"];
        foreach (var (i, run) in runs.Index())
        {
            var shown = report.Runs.Single(r => r.Id == run.Id);
            Assert.Contains(marks[i], shown.Marks.Select(m => m.Text));
            Assert.Contains(recipes[i], shown.Command);
        }
    }

    [Fact]
    public void Build_RunsOfNoPaper_AreNamedByTheirRecipe()
    {
        var run = SampleRuns.Configuration();
        var mine = run with { Recipe = run.Recipe with { Name = "mine" } };

        Assert.Contains(Build([SampleRuns.Result(run, 0, 0.86), SampleRuns.Result(mine, 0, 0.86)]).Limitations, l => l.Contains("(recipes: mine)"));
    }

    [Fact]
    public void Build_OtherCheckpoint_IsACellOfItsOwn()
    {
        var run = SampleRuns.Configuration(model: "resnet18.a1_in1k", recipe: "doerrich2025", method: "knn");
        var report = Build([SampleRuns.Result(run, 0, 0.75, weights: SampleRuns.Checkpoint('1')), SampleRuns.Result(run, 0, 0.80, weights: SampleRuns.Checkpoint('2'))]);

        var cells = report.Cells.Where(c => c.IsRun).ToList();
        Assert.Equal(["", "unverified-weights"], cells.Select(c => c.Cell.Key.Variant.ToString()).Order(StringComparer.Ordinal));
        Assert.All(cells, c => Assert.Single(c.Cell.Seeds));
        Assert.True(cells.Single(c => c.Cell.Key.Variant.Unverified).Has(MarkKind.OtherWeights));
    }

    [Fact]
    public void Build_OtherRate_IsMarkedAndNotJudgedByThePlainNumber()
    {
        var run = SampleRuns.Configuration() with { EncoderRate = 1e-4 };
        var cell = Assert.Single(Build([SampleRuns.Result(run, 0, 0.86)]).Cells, c => c.IsRun);

        Assert.Equal(VerdictKind.Unpublished, cell.Cell.Verdict.Kind);
        Assert.Contains(cell.Marks, m => m.Kind == MarkKind.ChangedProtocol && m.Text.Contains("1e-4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("wu2025/heads", "wu2025")]
    [InlineData("yang2023/enlarged", "yang2023")]
    public void Build_RunsOfARecipeThatVariesAPapers_AreCellsOfThatPaper(string experiment, string paper)
    {
        var declared = ExperimentCatalog.BuiltIn(s_published.Catalog).Single(e => e.Name == experiment).Cells[0];
        var report = SampleReport.Build(new SampleRuns(SampleRuns.Result(declared.Run, 0, 0.8, 0.9, !declared.NeedsCheckpoint ? null : declared.Run.Model.Hub!.Sha256 is { } sha256 ? WeightsId.Checkpoint(sha256) : SampleRuns.Checkpoint('1'))));

        Assert.Equal(paper, Assert.Single(report.Papers).Name);
        Assert.Single(report.Runs);
        Assert.Contains(report.Cells, c => c.IsRun && c.Cell.Key == declared.Key(Metric.Acc));
    }

    [Fact]
    public void Build_SyntheticRuns_SayThatTheyAreNoEvidence()
    {
        var run = SampleRuns.Configuration("synthetic", "resnet18.cifar", "demo");
        var report = Build([SampleRuns.Result(run, 0, 0.5, 0.8)]);

        Assert.Contains(report.Marks, m => m.Kind == MarkKind.Synthetic && m.Text.StartsWith("Every image", StringComparison.Ordinal));
        Assert.All(report.Cells.Where(c => c.IsRun), c => Assert.True(c.Has(MarkKind.Synthetic)));
        Assert.Equal("medbench run --dataset synthetic --size 28 --model resnet18.cifar --method from-scratch --recipe demo --seeds 0", Assert.Single(report.Runs).Command);
    }

    [Fact]
    public void Build_SameRunInTwoSources_CountsOnce()
    {
        var result = SampleRuns.Result(SampleRuns.Configuration(), 0, 0.86, 0.9);
        var report = SampleReport.Build(new SampleRuns(result), new SampleRuns(result));

        Assert.Single(report.Runs);
    }

    [Fact]
    public void Build_UnknownPaper_SuggestsTheNearest()
    {
        var error = Assert.Throws<MedBenchException>(() => Build([], "yang2032"));

        Assert.Contains("yang2023", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_PaperWithoutRuns_ListsEveryCellAsNotRun()
    {
        var report = Build([], "wu2025");

        Assert.NotEmpty(report.Cells);
        Assert.All(report.Cells, c => Assert.Equal(VerdictKind.NotRun, c.Cell.Verdict.Kind));
        Assert.Null(report.LastRun);
    }

    [Fact]
    public void Build_ClaimOnAnotherPapersTable_SaysOnWhatItWasTested()
    {
        var report = new ReportBuilder(SampleReport.BookOf()).Build(["wu2025"]);

        var printed = report.Claims.Where(c => c.Marks.Any(m => m.Kind == MarkKind.PublishedNumbers)).ToList();
        Assert.NotEmpty(printed);
        Assert.Contains(printed, c => c.State == ClaimOutcome.Seen);
    }

    [Fact]
    public void Build_ClaimWithTooFewCells_IsNotDecidedAndSaysSo()
    {
        var report = new ReportBuilder(SampleReport.BookOf()).Build(["wu2025"]);

        var claim = report.Claims.First(c => c.CellsNeeded > 1 && c.Marks.All(m => m.Kind != MarkKind.PublishedNumbers));
        Assert.Equal((ClaimOutcome.NotRun, false), (claim.State, claim.MinimumMet));
        Assert.Contains(claim.Marks, m => m.Kind == MarkKind.MinimumNotMet);
        Assert.Contains(report.Limitations, l => l.Contains(claim.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Build_CellsOfAFamily_AreJudgedByNoiseDrawnTowardsTheFamilys()
    {
        var runs = from model in (string[])["resnet18.cifar", "resnet50.cifar"]
                   from seed in (int[])[0, 1, 2]
                   select SampleRuns.Result(SampleRuns.Configuration("dermamnist", model), seed, 0.86 + 0.002 * seed, 0.90);

        var report = SampleReport.Build(new SampleRuns([.. runs]));

        Assert.All(report.Cells.Where(c => c.IsRun && c.Cell.Key.Metric == Metric.Acc), c => Assert.Contains("of 2 cells", c.Cell.Verdict.Noise!.Origin));
    }
}
