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
        // 11 ViTs and the four CNNs that the first release lists.
        Assert.Equal(12 * 15 * 3, verdict.Runs.Count);
        Assert.Equal(1, verdict.ShareOfChoices);
        Assert.Contains(verdict.Caveats, c => c.StartsWith("DermaMNIST", StringComparison.Ordinal));
    }

    [Fact]
    public void Paired_PerSeed_ComparesRunsOfOneSeed()
    {
        var verdict = Judge("wu2025/on-a-laptop/2-end-to-end-beats-linear-probing/breastmnist/auc", "wu2025/laptop", c => c.Run.Method.ToString() == "end-to-end" ? 0.85 : 0.8, seeds: 5);

        Assert.Equal(ClaimOutcome.Seen, verdict.Outcome);
        Assert.Equal(["seed 0", "seed 1", "seed 2", "seed 3", "seed 4"], verdict.Units.Select(u => u.Name));
        Assert.Equal("transfer of runs", verdict.Claim.EvidenceText);
        Assert.Contains(verdict.Deviations, d => d.Contains("150 iterations instead of 15,000"));
    }

    [Fact]
    public void Paired_ViTsBehind_IsContradicted() =>
        Assert.Equal(ClaimOutcome.Contradicted, Judge("wu2025/1-vits-beat-cnns/linear-probing/acc", "wu2025/benchmark", c => c.Run.Model.Kind == EncoderKind.ViT ? 0.8 : 0.85).Outcome);

    [Fact]
    public void Paired_FiveDatasetsRun_IsInconclusiveHoweverClear()
    {
        string[] run = ["breastmnist", "retinamnist", "bloodmnist", "dermamnist", "octmnist"];

        var verdict = Judge("wu2025/1-vits-beat-cnns/linear-probing/acc", "wu2025/benchmark", c => !run.Contains(c.Run.Dataset.Name) ? null : c.Run.Model.Kind == EncoderKind.ViT ? 0.85 : 0.8);

        Assert.Equal(ClaimOutcome.Inconclusive, verdict.Outcome);
        Assert.StartsWith("5 of 12 datasets complete, but a decision needs at least 6", verdict.Reason);
        Assert.Equal(7 * 15, verdict.Missing.Count);
    }

    [Fact]
    public void Paired_SomeModelsOfADatasetMissing_EntersWithTwoOfEachKindAndSaysSo()
    {
        ClaimVerdict With(params string[] absent) => Judge("wu2025/1-vits-beat-cnns/linear-probing/acc", "wu2025/benchmark", c =>
            c.Run.Dataset.Name == "octmnist" && absent.Any(name => c.Run.Model.Name.StartsWith(name, StringComparison.Ordinal)) ? null : c.Run.Model.Kind == EncoderKind.ViT ? 0.85 : 0.8);

        var two = With("vgg", "resnet18");
        Assert.Equal((ClaimOutcome.Holds, 12), (two.Outcome, two.Used));
        Assert.Contains("178 of 180 cells used", two.Reason);

        var one = With("vgg", "resnet18", "densenet");
        Assert.Equal((ClaimOutcome.Holds, 11), (one.Outcome, one.Used));
        Assert.Contains("1 of 12 datasets left out: not complete", one.Reason);
        Assert.False(one.Units.Single(u => u.Name == "octmnist").IsComplete);
    }

    [Fact]
    public void Paired_ModelsWithoutAPartner_AreLeftOutAndCounted()
    {
        // ResNet-18 is far better end-to-end, but was never probed on OCTMNIST: it must not lift one side alone.
        var verdict = Judge("wu2025/2-end-to-end-beats-linear-probing/as-described/auc", "wu2025/benchmark", c =>
            c.Run.Dataset.Name == "octmnist" && c.Run.Model.Name.StartsWith("resnet18", StringComparison.Ordinal)
                ? c.Run.Method.ToString() == "linear-probing" ? null : 0.99
                : c.Run.Method.ToString() == "linear-probing" ? 0.8 : 0.85);

        Assert.Equal(0.05, verdict.Units.Single(u => u.Name == "octmnist").Effect(ClaimKind.Paired)!.Value, 1e-9);
        Assert.Equal(1, verdict.LeftOut);
        Assert.Contains("1 cell left out", verdict.Reason);
    }

    [Fact]
    public void Secondary_OneOfManyRows_IsCorrectedAndThePrimaryIsNot()
    {
        string[] behind = ["tissuemnist", "retinamnist", "pneumoniamnist"];
        var results = Runs("wu2025/benchmark", c => c.Run.Method.ToString() != "linear-probing" ? null : c.Run.Model.Kind == EncoderKind.CNN ? 0.8 : behind.Contains(c.Run.Dataset.Name) ? 0.79 : 0.8 + 0.01 * c.Run.Dataset.Name.Length / 12);
        var judge = new ClaimJudge(new ClaimEvidence(s_published, s_experiments, new ResultsIndex(results), s_rules), s_claims);

        var secondary = judge.Judge(s_claims.Single(c => c.Id == "wu2025/1-vits-beat-cnns/linear-probing/acc"));

        Assert.False(secondary.Claim.IsPrimary);
        Assert.True(secondary.CorrectedP > secondary.P);
        Assert.NotEqual(ClaimOutcome.Holds, secondary.Outcome);
        Assert.Null(judge.Judge(s_claims.Single(c => c.Id == "wu2025/1-vits-beat-cnns/as-described/auc")).CorrectedP);
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
        Assert.Equal(1, verdict.Settings.Single(s => s.Name == "plain").P);
        Assert.Equal(0.9125, verdict.Settings[0].ExpectedBest, 1e-9);
    }

    [Fact]
    public void ArgMax_ThreeSeedsOfOneModel_SayNothing()
    {
        var verdict = Judge("wu2025/6-dinov2-b-drops-at-other-rates/as-described", "wu2025/learning-rate", c => c.Key(Metric.Auc).Variant == CellVariant.Plain ? 0.98 : 0.9);

        Assert.Equal(ClaimOutcome.Inconclusive, verdict.Outcome);
        Assert.StartsWith("3 runs of a setting, but a decision needs at least 5", verdict.Reason);
    }

    [Theory]
    [InlineData(0.06, ClaimOutcome.Holds)]
    [InlineData(0.04, ClaimOutcome.Inconclusive)]
    public void Paired_EffectOfTheRules_MustBeReached(double lag, ClaimOutcome expected)
    {
        var verdict = Judge("wu2025/5-few-shot-stays-hard/10-shot/end-to-end/acc", "wu2025/data-size", c => c.Run.Subset is null ? 0.8 : 0.8 - lag);

        Assert.Equal(expected, verdict.Outcome);
        Assert.Equal(17, verdict.Used);
    }

    [Fact]
    public void Paired_MoreDataBetter_Holds()
    {
        var verdict = Judge("wu2025/5-more-data-helps/beyond-25-percent/as-described/auc", "wu2025/data-size", c => c.Run.Subset is null ? 0.8 : 0.77);

        Assert.Equal((ClaimOutcome.Holds, 17), (verdict.Outcome, verdict.Used));
        Assert.Equal(0.03, verdict.Effect!.Value, 1e-9);
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
    public void Cells_OfAMethodWithoutChance_AreAllRightOrBiased()
    {
        double? Printed(ExperimentCell c, Metric metric) => s_published.Find(c.Key(metric))?.Mean;
        ClaimVerdict With(double off) => Judge("doerrich2025/table/breastmnist/knn/acc", "doerrich2025/benchmark", c => Printed(c, Metric.Acc) + (c.Run.Model.Name == "alexnet" && c.Run.Size == 28 ? off : 0));

        Assert.Equal((ClaimOutcome.Reproduced, 40), (With(0).Outcome, With(0).Used));
        Assert.Equal((ClaimOutcome.Biased, "doerrich2025/breastmnist/knn/alexnet/28/acc"), (With(0.01).Outcome, Assert.Single(With(0.01).Suspects)));
    }

    [Theory]
    [InlineData(0, ClaimOutcome.Reproduced)]
    [InlineData(0.03, ClaimOutcome.Biased)]
    public void Cells_OfATable_AreJudgedByTheirMeanGap(double off, ClaimOutcome expected)
    {
        var verdict = Judge("doerrich2025/table/bloodmnist/end-to-end/acc", "doerrich2025/benchmark", c => s_published.Find(c.Key(Metric.Acc))?.Mean is { } mean ? Math.Min(1, mean + off) : null);

        Assert.Equal((expected, 40), (verdict.Outcome, verdict.Used));
        Assert.Equal(off == 0, verdict.Capture!.Inside == 40);
        Assert.NotNull(verdict.Heterogeneity);
    }

    [Fact]
    public void Cells_NotAllRun_AreUndecidedAndSayWhatIsKnown()
    {
        var verdict = Judge("doerrich2025/table/bloodmnist/end-to-end/acc", "doerrich2025/benchmark", c => c.Run.Size == 28 ? s_published.Find(c.Key(Metric.Acc))?.Mean : null);

        Assert.Equal((ClaimOutcome.Inconclusive, 10, 40), (verdict.Outcome, verdict.Used, verdict.Needed));
        Assert.StartsWith("mean gap so far 0.00 points", verdict.Reason);
    }

    [Fact]
    public void Fidelity_OurRuns_AreJudgedByTheScriptsRuns()
    {
        var verdict = Judge("yang2023/fidelity/breastmnist/auc", "yang2023/from-scratch", _ => 0.907394, seeds: 5);
        var cell = Assert.Single(verdict.Cells);

        Assert.Equal("runs against independent:yang2023-official-script", verdict.Claim.EvidenceText);
        Assert.Equal((0.907394, 5), (cell.Published!.Mean, cell.Published.Runs));
        Assert.Equal(0, cell.Verdict.Gap!.Value, 1e-9);
    }

    [Fact]
    public void Cell_BothVariants_AreJudgedByTheOneNumber()
    {
        ClaimVerdict On(string variant, double value) => Judge($"wu2025/6-dinov2-b-dermamnist-auc/{variant}", "wu2025/learning-rate", _ => value);

        Assert.Equal(ClaimOutcome.Deviates, On("as-described", 0.90).Outcome);
        Assert.Equal(ClaimOutcome.Deviates, On("as-released", 0.90).Outcome);
        Assert.Equal(ClaimOutcome.Reproduced, On("as-described", 0.9893).Outcome);
    }

    private static ClaimVerdict Judge(string claim, string experiment, Func<ExperimentCell, double?> value, int seeds = 3)
    {
        var evidence = new ClaimEvidence(s_published, s_experiments, new ResultsIndex(Runs(experiment, value, seeds)), s_rules);
        return new ClaimJudge(evidence, s_claims).Judge(s_claims.Single(c => c.Id == claim));
    }

    [Fact]
    public void Cells_OneWithoutAKnownSpread_DecideNothing()
    {
        // Five runs of one network at the printed value; one run each of two others, far off.
        double Printed(ExperimentCell c) => s_published.Find(c.Key(Metric.Acc))?.Mean ?? 0.9;
        var some = Runs("yang2023/from-scratch", c => c.Run.Dataset.Name == "pathmnist" && c.Run.Model.Name == "resnet50.cifar" ? Printed(c) : null, seeds: 5);
        var others = Runs("yang2023/enlarged", c => c.Run.Dataset.Name == "pathmnist" ? 0.7 : null, seeds: 1);
        var judge = new ClaimJudge(new ClaimEvidence(s_published, s_experiments, new ResultsIndex([.. some, .. others]), s_rules), s_claims);

        var verdict = judge.Judge(s_claims.Single(c => c.Id == "yang2023/table-others/pathmnist/acc"));

        Assert.Equal(ClaimOutcome.Inconclusive, verdict.Outcome);
        Assert.Contains("no spread between seeds is known for 2 of 3 printed numbers", verdict.Reason);
    }

    private static List<RunResult> Runs(string experiment, Func<ExperimentCell, double?> value, int seeds = 3)
    {
        var results = new List<RunResult>();
        foreach (var cell in s_experiments.Single(e => e.Name == experiment).Cells)
        {
            // Small, unequal steps between seeds: the noise that the tests go by.
            double[] steps = cell.Seeds.Count == 1 ? [0] : [-0.0004, 0, 0.0004, -0.0002, 0.0002];
            if (value(cell) is { } v)
                results.AddRange(cell.Seeds.Take(seeds).Select((seed, i) => SampleRuns.Result(cell.Run, seed, v + steps[i], v + steps[i], cell.NeedsCheckpoint ? SampleRuns.Checkpoint('1') : null)));
        }
        return results;
    }
}
