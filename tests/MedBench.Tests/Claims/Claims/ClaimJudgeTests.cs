using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Tests.Reporting;

namespace MedBench.Tests.Claims.Claims;

/// <summary>Runs that nobody ran, on the claims and experiments of the repository.</summary>
public sealed class ClaimJudgeTests
{
    private static readonly PublishedResults s_published = PublishedResults.Load();
    private static readonly VerdictRules s_rules = VerdictRules.Load();
    private static readonly IReadOnlyList<ExperimentFile> s_experiments = ExperimentCatalog.BuiltIn(s_published.Catalog);
    private static readonly IReadOnlyList<Claim> s_claims = ClaimCatalog.Load(s_published);

    [Fact]
    public void Paired_ViTsAheadOnEveryDataset_Holds()
    {
        var verdict = Judge("wu2025/1-vits-beat-cnns/linear-probing/acc", "wu2025/benchmark", c => c.Run.Model.Kind == EncoderKind.ViT ? 0.85 : 0.8);

        Assert.Equal(ClaimOutcome.Holds, verdict.Outcome);
        Assert.Equal((12, 6), (verdict.Used, verdict.Needed));
        Assert.Equal(0.05, verdict.Effect!.Value, 1e-9);
        Assert.Empty(verdict.Missing);
        Assert.Equal(12 * 17 * 3, verdict.Runs.Count);
        Assert.Contains(verdict.Caveats, c => c.StartsWith("DermaMNIST", StringComparison.Ordinal));
    }

    [Fact]
    public void Paired_ViTsBehind_IsContradicted() =>
        Assert.Equal(ClaimOutcome.Contradicted, Judge("wu2025/1-vits-beat-cnns/linear-probing/acc", "wu2025/benchmark", c => c.Run.Model.Kind == EncoderKind.ViT ? 0.8 : 0.85).Outcome);

    // SciPy 1.10.1 on the transcription: wilcoxon(mode="exact"), and twice page_trend_test(method="exact").
    [Theory]
    [InlineData("vits-beat-cnns/end-to-end/224/acc", ClaimOutcome.Inconclusive, 0.4697265625)]
    [InlineData("end-to-end-beats-linear-probing/224/acc", ClaimOutcome.Holds, 0.00146484375)]
    [InlineData("grows-with-resolution/end-to-end/acc", ClaimOutcome.Holds, 2 * 1.9241328446569577e-13)]
    public void Published_DoerrichTable_IsJudgedWithSciPysP(string claim, ClaimOutcome outcome, double p)
    {
        var evidence = new ClaimEvidence(s_published, s_experiments, new ResultsIndex([]), s_rules);

        var verdict = new ClaimJudge(evidence).Judge(s_claims.Single(c => c.Id == $"wu2025/on-doerrich2025/{claim}"));

        Assert.Equal((outcome, 12), (verdict.Outcome, verdict.Used));
        Assert.Equal(1, verdict.P!.Value / p, 1e-9);
    }

    [Fact]
    public void Paired_FiveDatasetsRun_IsInconclusiveHoweverClear()
    {
        string[] run = ["breastmnist", "retinamnist", "bloodmnist", "dermamnist", "octmnist"];

        var verdict = Judge("wu2025/1-vits-beat-cnns/linear-probing/acc", "wu2025/benchmark", c => !run.Contains(c.Run.Dataset.Name) ? null : c.Run.Model.Kind == EncoderKind.ViT ? 0.85 : 0.8);

        Assert.Equal(ClaimOutcome.Inconclusive, verdict.Outcome);
        Assert.StartsWith("5 of 12 datasets complete, but a decision needs at least 6", verdict.Reason);
        Assert.Equal(7 * 17, verdict.Missing.Count);
    }

    [Fact]
    public void Paired_OneCellOfADatasetMissing_LeavesThatDatasetOut()
    {
        var verdict = Judge("wu2025/1-vits-beat-cnns/linear-probing/acc", "wu2025/benchmark", c => c.Run.Dataset.Name == "octmnist" && c.Run.Model.Name.StartsWith("vgg", StringComparison.Ordinal) ? null : c.Run.Model.Kind == EncoderKind.ViT ? 0.85 : 0.8);

        Assert.Equal((ClaimOutcome.Holds, 11), (verdict.Outcome, verdict.Used));
        Assert.EndsWith("(1 of 12 datasets left out: not complete)", verdict.Reason);
        Assert.False(verdict.Units.Single(u => u.Name == "octmnist").IsComplete);
    }

    [Fact]
    public void Paired_BestOfAGroup_IsItsBestCellOnEachDataset()
    {
        // One CNN is best, and DINOv2-B lies between it and the others.
        double? Value(ExperimentCell c) => c.Run.Model.Name.StartsWith("vit_base_patch14_dinov2", StringComparison.Ordinal) ? 0.85 : c.Run.Model.Name.StartsWith("vgg", StringComparison.Ordinal) ? 0.9 : 0.7;

        Assert.Equal(ClaimOutcome.Contradicted, Judge("wu2025/7-dinov2-b-beats-best-cnn/linear-probing/auc", "wu2025/benchmark", Value).Outcome);
    }

    [Fact]
    public void Claims_NothingRun_AreNotRunAndSayWhatIsMissing()
    {
        var verdict = Judge("wu2025/2-end-to-end-beats-linear-probing/as-released/auc", "wu2025/benchmark", _ => null);

        Assert.Equal(ClaimOutcome.NotRun, verdict.Outcome);
        Assert.Equal("none of the 408 cells has been run", verdict.Reason);
        Assert.All(verdict.Missing, c => Assert.NotNull(c.Declared));
    }

    [Theory]
    [InlineData("lr-1e-4", ClaimOutcome.Contradicted)]
    [InlineData("", ClaimOutcome.Holds)]
    public void ArgMax_OneRateBestForEveryViT_Decides(string best, ClaimOutcome expected)
    {
        var verdict = Judge("wu2025/3-best-learning-rate/vit/as-described/auc", "wu2025/learning-rate", c => c.Key(Metric.Auc).Variant.ToString() == best ? 0.95 : 0.9);

        Assert.Equal(expected, verdict.Outcome);
        Assert.Equal(["lr-1e-4", "plain", "lr-1e-6", "lr-1e-7"], verdict.Settings.Select(s => s.Name));
        Assert.Equal(1, verdict.Settings.Sum(s => s.WinShare), 1e-9);
        Assert.Equal(0.9125, verdict.Settings[0].ExpectedBest, 1e-9);
    }

    [Fact]
    public void ArgMax_OneSeedOfOneModel_SaysNothing()
    {
        var verdict = Judge("wu2025/6-dinov2-b-drops-at-other-rates/as-described", "wu2025/learning-rate", c => c.Key(Metric.Auc).Variant == CellVariant.Plain ? 0.98 : 0.9, seeds: 1);

        Assert.Equal(ClaimOutcome.Inconclusive, verdict.Outcome);
        Assert.Contains("one seed a setting", verdict.Reason);
    }

    [Fact]
    public void Ordered_MoreDataBetter_Holds()
    {
        string[] order = ["5%", "10%", "25%", "50%", ""];

        var verdict = Judge("wu2025/5-more-data-helps/as-described/acc", "wu2025/data-size", c => 0.7 + 0.02 * Array.IndexOf(order, c.Key(Metric.Acc).Variant.ToString()));

        Assert.Equal(ClaimOutcome.Holds, verdict.Outcome);
        Assert.Equal(17, verdict.Used);
        Assert.Equal(0.08, verdict.Effect!.Value, 1e-9);
    }

    [Theory]
    [InlineData(0.06, ClaimOutcome.Holds)]
    [InlineData(0.01, ClaimOutcome.Contradicted)]
    public void Minus_GainOfTheFirstGroup_IsWhatCounts(double gain, ClaimOutcome expected)
    {
        // End-to-end is better throughout, but only the gain over padding is claimed to be.
        var verdict = Judge("wu2025/4-gain-of-scaling-is-largest-end-to-end/acc", "wu2025/resizing", c =>
            c.Run.Method.Name == "end-to-end" ? c.Run.Resize is ResizeMode.Scale ? 0.8 + gain : 0.8 : c.Run.Resize is ResizeMode.Scale ? 0.53 : 0.5);

        Assert.Equal(expected, verdict.Outcome);
        Assert.Equal(gain - 0.03, verdict.Effect!.Value, 1e-9);
    }

    [Fact]
    public void Cells_AllReproduced_HoldsAndOneOffContradicts()
    {
        double? Printed(ExperimentCell c, Metric metric) => s_published.Find(c.Key(metric))?.Mean;
        ClaimVerdict With(double off) => Judge("doerrich2025/table/breastmnist/knn", "doerrich2025/benchmark", c => Printed(c, Metric.Acc) + (c.Run.Model.Name == "alexnet" && c.Run.Size == 28 ? off : 0));

        Assert.Equal((ClaimOutcome.Holds, 40), (With(0).Outcome, With(0).Used));
        Assert.Equal((ClaimOutcome.Contradicted, "1 of 40 cells deviate after Holm's correction"), (With(0.01).Outcome, With(0.01).Reason));
    }

    [Fact]
    public void Cells_SeveralModelsRun_ShareOneSpread()
    {
        var judged = Judge("wu2025/table/as-described/dermamnist", "wu2025/benchmark", _ => 0.98).Cells.Single(c => c.Published is not null && c.Key.Variant == CellVariant.Plain);

        Assert.Equal("pooled over 17 cells", judged.Verdict.Noise!.Origin);
        Assert.Equal(34, judged.Verdict.Noise.DegreesOfFreedom);
    }

    [Fact]
    public void Cells_NoNumberOnRecord_IsUnpublished() =>
        Assert.Equal(ClaimOutcome.Unpublished, Judge("wu2025/table/as-released/octmnist", "wu2025/benchmark", _ => 0.9).Outcome);

    [Fact]
    public void Cell_BothVariants_AreJudgedByTheOneNumber()
    {
        ClaimVerdict On(string variant, double value) => Judge($"wu2025/6-dinov2-b-dermamnist-auc/{variant}", "wu2025/learning-rate", _ => value);

        Assert.Equal(ClaimOutcome.Contradicted, On("as-described", 0.90).Outcome);
        Assert.Equal(ClaimOutcome.Contradicted, On("as-released", 0.90).Outcome);
        Assert.Equal(ClaimOutcome.Holds, On("as-described", 0.9893).Outcome);
    }

    private static ClaimVerdict Judge(string claim, string experiment, Func<ExperimentCell, double?> value, int seeds = 3)
    {
        var results = new List<RunResult>();
        foreach (var cell in s_experiments.Single(e => e.Name == experiment).Cells)
        {
            // Small, unequal steps between seeds: the noise that the tests go by.
            double[] steps = cell.Seeds.Count == 1 ? [0] : [-0.0004, 0, 0.0004];
            if (value(cell) is { } v)
                results.AddRange(cell.Seeds.Take(seeds).Select((seed, i) => SampleRuns.Result(cell.Run, seed, v + steps[i], v + steps[i], cell.NeedsCheckpoint ? SampleRuns.Checkpoint('1') : null)));
        }
        var evidence = new ClaimEvidence(s_published, s_experiments, new ResultsIndex(results), s_rules);
        return new ClaimJudge(evidence).Judge(s_claims.Single(c => c.Id == claim));
    }
}
