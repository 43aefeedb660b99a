using MedBench.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Reporting.Building;
using MedBench.Runs.Cells;
using MedBench.Runs.Execution;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Tests.Reporting;
using MedBench.Tests.Reporting.Html;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Tests.Claims;

/// <summary>One book for every command: which number a run is judged by, and that the same runs have one verdict.</summary>
public sealed class BookTests
{
    private static readonly RunConfiguration s_knn = SampleRuns.Configuration(model: "resnet18.a1_in1k", recipe: "doerrich2025", method: "knn");

    private static (VerdictKind Kind, string Variant) Judge(Func<RunConfiguration, RunConfiguration> change, WeightsId? weights = null)
    {
        var result = SampleRuns.Result(change(s_knn), 0, 0.75, weights: weights ?? SampleRuns.Checkpoint('0'));
        var book = SampleReport.BookOf(new SampleRuns(result));
        var cell = Assert.Single(book.Judge(book.CellRunsOf(result)));
        return (cell.Verdict.Kind, cell.Key.Variant.ToString());
    }

    [Fact]
    public void Judge_ThePapersOwnCell_ByItsNumber() => Assert.NotEqual(VerdictKind.Unpublished, Judge(r => r).Kind);

    [Fact]
    public void Judge_FormulaWeights_ByNoNumber() => Assert.Equal((VerdictKind.Unpublished, "formula-weights"), Judge(r => r, WeightsId.Formula));

    [Fact]
    public void Judge_Subset_ByNoNumber() => Assert.Equal((VerdictKind.Unpublished, "10-shot"), Judge(r => r with { Subset = TrainingSubset.FewShot(10) }));

    [Fact]
    public void Judge_OtherLearningRate_ByNoNumber() => Assert.Equal((VerdictKind.Unpublished, "lr-1e-5"), Judge(r => r with { Method = new MethodName("end-to-end"), EncoderRate = 1e-5 }));

    [Fact]
    public void KeyOf_RecipeThatVariesAPapers_IsACellOfThatPaper()
    {
        var run = SampleRuns.Configuration("breastmnist", "resnet18.a1_in1k", "wu2025-heads", "linear-probing/mlp", 224);

        Assert.Equal("wu2025", SampleReport.BookOf().KeyOf(SampleRuns.Result(run, 0, 0.75, weights: SampleRuns.Checkpoint('0')), Metric.Acc).Paper);
    }

    [Fact]
    public void Judge_RunsOfOneCell_HasTheSameVerdictInGridClaimAndReport()
    {
        var run = SampleRuns.Configuration();
        RunResult[] runs = [.. new[] { 0.83, 0.86, 0.85, 0.88, 0.84 }.Select((acc, seed) => SampleRuns.Result(run, seed, acc, acc + 0.04))];
        var book = SampleReport.BookOf(new SampleRuns(runs));

        var cell = book.Judge(book.CellRunsOf(runs[0])).Single(c => c.Key.Metric == Metric.Acc);
        var claimed = book.Judge(book.ClaimOn(cell.Key)!).Cells.Single(c => c.Key == cell.Key);
        var reported = new ReportBuilder(book).Build([]).Cells.Single(c => c.IsRun && c.Cell.Key == cell.Key).Cell;

        Assert.Equal(5, cell.Seeds.Count);
        Assert.Equal(cell.Verdict.Reason, claimed.Verdict.Reason);
        Assert.Equal(cell.Verdict.Reason, reported.Verdict.Reason);
    }

    [Fact]
    public void Judge_SeedsThatTheExperimentDoesNotName_CountNowhere()
    {
        var run = SampleRuns.Configuration();
        var (named, other) = (SampleRuns.Result(run, 0, 0.86, 0.9), SampleRuns.Result(run, 4711, 0.99, 0.99));
        var book = SampleReport.BookOf(new SampleRuns(other, named));

        Assert.Equal([named.Id], book.CellRunsOf(named).Runs.Select(r => r.Result.Id));
        Assert.True(book.CellRunsOf(other) is { Alternative: 1, IsOfOtherSeeds: true });
        Assert.Equal([named.Id], book.Evidence.Runs.Select(r => r.Id));
        Assert.Contains(new ReportBuilder(book).Build([]).Cells.SelectMany(c => c.Marks), m => m.Text == "seeds that the experiment does not name");
    }

    // DINOv2-B at its best rate is in the benchmark with three seeds, and in the study of rates with five.
    [Fact]
    public void Judge_SeedsThatASecondExperimentNames_Count()
    {
        var declared = SampleReport.BookOf().Experiments.Where(e => e.Experiment.Paper == "wu2025").SelectMany(e => e.Cells).Where(c => c.NeedsCheckpoint)
            .GroupBy(c => c.Key(Metric.Acc)).First(same => same.Select(c => c.Seeds.Count).Distinct().Count() > 1).OrderBy(c => c.Seeds.Count).ToList();
        RunResult[] runs = [.. declared[^1].Seeds.Select(seed => SampleRuns.Result(declared[0].Run, seed, 0.9, 0.98, SampleRuns.Checkpoint('0')))];
        var book = SampleReport.BookOf(new SampleRuns(runs));

        Assert.True(declared[0].Seeds.Count < declared[^1].Seeds.Count);
        Assert.Equal(runs.Length, book.CellRunsOf(runs[0]).Runs.Count);
        Assert.Equal(0, book.CellRunsOf(runs[^1]).Alternative);
    }

    [Fact]
    public void Judge_DeviationThatDoesNotStandAfterHolm_IsNoneAnywhere()
    {
        // Three printed numbers of one claim; the runs of one are moved away until it deviates, taken alone.
        (string Model, string Recipe, string Method)[] networks = [("resnet50.cifar", "yang2023", "from-scratch"), ("resnet18.torchvision", "yang2023-enlarged", "from-scratch/enlarged-to-224"), ("resnet50.torchvision", "yang2023-enlarged", "from-scratch/enlarged-to-224")];
        double[] steps = [-0.01, 0, 0.01, -0.005, 0.005];
        var published = SampleReport.BookOf().Published;
        (Book Book, RunResult Run, JudgedCell Alone) Off(double gap)
        {
            RunResult[] made = [.. networks.SelectMany((n, i) => steps.Select((step, seed) =>
            {
                var run = SampleRuns.Configuration("pathmnist", n.Model, n.Recipe, n.Method);
                return SampleRuns.Result(run, seed, published.Find(CellKeys.Of("yang2023", run, WeightsId.Initialised, Metric.Acc))!.Mean + (i == 0 ? gap : 0) + step, 0.98);
            }))];
            var moved = SampleReport.BookOf(new SampleRuns(made));
            return (moved, made[0], moved.Evidence.Judge(moved.KeyOf(made[0], Metric.Acc), moved.CellRunsOf(made[0]).Declared, TestedWeights.Selected));
        }
        var (book, first, alone) = Enumerable.Range(30, 30).Select(i => Off(-i / 1000.0)).First(b => b.Alone.Verdict.Kind == VerdictKind.Deviates);
        var cell = book.Judge(book.CellRunsOf(first)).Single(c => c.Key == alone.Key);

        Assert.Equal(VerdictKind.Inconsistent, cell.Verdict.Kind);
        Assert.Equal(cell.Verdict.Reason, book.InItsClaim(alone).Verdict.Reason);
        Assert.Equal(cell.Verdict.Reason, new ReportBuilder(book).Build([]).Cells.Single(c => c.IsRun && c.Cell.Key == cell.Key).Cell.Verdict.Reason);
    }

    // Ten are named, forty may count.
    [Fact]
    public void Judge_ConsecutiveSeedsBeyondTheNamedOnes_CountUpToTheFirstGap()
    {
        var run = SampleRuns.Configuration();
        RunResult[] runs = [.. Enumerable.Range(0, 12).Append(13).Select(seed => SampleRuns.Result(run, seed, 0.86, 0.9))];
        var book = SampleReport.BookOf(new SampleRuns(runs));

        Assert.Equal(12, book.CellRunsOf(runs[0]).Runs.Count);
        Assert.True(book.CellRunsOf(runs[^1]) is { Alternative: 1, IsOfOtherSeeds: true });
        Assert.Equal(12, book.Evidence.Runs.Count);
    }

    [Fact]
    public void Evidence_RunsFromTwoCheckpoints_AreThoseOfThePublishedOne()
    {
        var run = SampleRuns.Configuration("breastmnist", "resnet18.a1_in1k", "doerrich2025", "linear-probing", 224);
        RunResult[] two = [.. run.Recipe.Seeds[..2].Select(seed => SampleRuns.Result(run, seed, 0.8, weights: SampleRuns.Checkpoint('1')))];
        var one = SampleRuns.Result(run, run.Recipe.Seeds[0], 0.7, weights: SampleRuns.Checkpoint('2'));

        // The first one is locked.
        var book = SampleReport.BookOf(new SampleRuns([one, .. two]));

        Assert.Equal([one.Id], book.Evidence.Runs.Select(r => r.Id));
        var cell = book.Judge(book.CellRunsOf(two[0])).First();
        Assert.Equal((VerdictKind.Unpublished, true, 2), (cell.Verdict.Kind, cell.Key.Variant.Unverified, cell.Seeds.Count));
    }

    [Fact]
    public void Add_RunsMadeSince_CountFromThenOn()
    {
        var run = SampleRuns.Configuration();
        RunResult[] runs = [.. new[] { 0, 1 }.Select(seed => SampleRuns.Result(run, seed, 0.86, 0.9))];
        var book = SampleReport.BookOf(new SampleRuns(runs[0]));
        Assert.Single(book.Evidence.Runs);

        book.Add([.. new SampleRuns(runs).Runs()]);

        Assert.Equal([0L, 1], book.Judge(book.CellRunsOf(runs[1])).First().Seeds.Select(s => s.Seed));
        Assert.Equal(2, book.Evidence.Runs.Count);
    }

    [Fact]
    public void Add_RunThatIsOnRecord_StandsForTheRecord_AsInABookOpenedNow()
    {
        var run = SampleRuns.Configuration();
        RunResult kept = SampleRuns.Result(run, 0, 0.86, 0.9), made = SampleRuns.Result(run, 0, 0.87, 0.9);
        var book = SampleReport.BookOf(new SampleRuns(kept));

        book.Add([new StoredRun(made, "store/result.json", null)]);

        Assert.Equal(0.87, Assert.Single(book.Judge(book.CellRunsOf(made)).First().Seeds).Value);
        Assert.Same(made, Assert.Single(book.Stored).Result);
    }

    [Fact]
    public void Runs_OfAClone_AreTheKeptRecords()
    {
        var book = Book.Open(Repository.File("expected-results"), experiments: Repository.File("experiments"));
        var cell = book.Experiments.Single(e => e.Name == "yang2023/from-scratch").Cells.First(c => c.Id == "yang2023/breastmnist/from-scratch/resnet18.cifar/28");

        Assert.True(Assert.Single(Grid.Plan([cell], book.Runs, CostModel.For("cpu", [])).Steps).IsDone);
        Assert.Empty(Book.Open(Repository.File("expected-results"), experiments: Repository.File("experiments"), recompute: true).Runs.All);
    }

    [Fact]
    public void Claims_ThatNameAnExperimentOfNobody_AreRefusedWithTheNearest()
    {
        var book = SampleReport.BookOf();
        var few = new Book(book.Published, book.Rules, [.. book.Experiments.Where(e => e.Name != "wu2025/laptop")], () => book.Claims, []);

        Assert.Contains("no experiment 'wu2025/laptop'", Assert.Throws<MedBenchException>(() => few.Claims).Message);
    }
}
