using CsCheck;
using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Tests.Claims.Verdicts;

public sealed class CellJudgeTests
{
    private static readonly VerdictRules s_rules = VerdictRules.Load();
    private static readonly CellKey s_key = new("p", "breastmnist", "from-scratch", "m", 28, Metric.Acc);

    [Fact]
    public void Judge_CloseMeansSmallSpread_Reproduced()
    {
        // s² = (0.006² + 0.006²) / 2 → s = 0.006; error 0.006 √(2/3) = 0.0049; t(.95, 4) = 2.132 → 0.0104 + 0.003 + 0.0005 < 0.02.
        var verdict = Judge([0.894, 0.9, 0.906], Published(0.897, std: 0.006, runs: 3));

        Assert.Equal(VerdictKind.Reproduced, verdict.Kind);
        Assert.Equal(0.003, verdict.Gap!.Value, 1e-12);
        Assert.Equal(0.5, verdict.GapInStd!.Value, 1e-9);
        Assert.Equal(4, verdict.Noise!.DegreesOfFreedom);
        Assert.Equal(2.1318 * 0.006 * Math.Sqrt(2 / 3.0) + 0.0005, verdict.MinimumDetectableMargin!.Value, 1e-5);
        Assert.Equal(0.003 + 2.7764 * 0.006 * Math.Sqrt(2 / 3.0) + 0.0005, verdict.GapInterval!.Value.High, 1e-5);
        Assert.Contains("gap +0.30 points (0.5 s)", verdict.Reason);
    }

    // An image with fourteen answers is not right or wrong: 22,433 of them are no binomial sample.
    [Fact]
    public void Judge_SeveralAnswersAnImage_HasNoIntervalThatCountsImages()
    {
        var evidence = new CellEvidence(Metric.Acc, [0.9374], Published(0.9474, null, null), TestImages: 22433, Deterministic: true) { AnswersPerImage = 14 };
        Assert.Null(CellJudge.Judge(evidence, s_rules).Patients);
        Assert.DoesNotContain("test images", CellJudge.Judge(evidence, s_rules).Reason);
        Assert.Contains("test images", CellJudge.Judge(evidence with { AnswersPerImage = 1 }, s_rules).Reason);
    }

    [Fact]
    public void Judge_IntervalBeyondTheMargin_DeviatesWithItsSign()
    {
        var verdict = Judge([0.834, 0.84, 0.846], Published(0.897, std: 0.006, runs: 3));

        Assert.Equal(VerdictKind.Deviates, verdict.Kind);
        Assert.Equal(-0.057, verdict.Gap!.Value, 1e-12);
        Assert.Equal(-9.5, verdict.GapInStd!.Value, 1e-9);
        Assert.True(verdict.GapInterval!.Value.High < -0.02);
        Assert.Contains("gap -5.70 points (-9.5 s)", verdict.Reason);
    }

    [Fact]
    public void Judge_WideSpread_ConsistentWithSeedsThatWouldDo()
    {
        var verdict = Judge([0.885, 0.9, 0.915], Published(0.897, std: 0.015, runs: 3));

        Assert.Equal(VerdictKind.Consistent, verdict.Kind);
        Assert.Contains($"about {verdict.SeedsNeeded} seeds would decide", verdict.Reason);
        int needed = verdict.SeedsNeeded!.Value;
        Assert.True(MeanComparison.Common(0.003, 0.015, 4 + needed - 3, needed, 3).EquivalenceP(0.0195) < 0.05);
        Assert.False(MeanComparison.Common(0.003, 0.015, 4 + needed - 4, needed - 1, 3).EquivalenceP(0.0195) < 0.05);
    }

    [Fact]
    public void Judge_TwoSeedsThatAgree_AreNotWithoutNoise()
    {
        double value = 138 / 156.0;

        var verdict = CellJudge.Judge(new CellEvidence(Metric.Acc, [value, value], Published(0.863, null, 3), TestImages: 156), s_rules);

        // One degree of freedom: 2.2 points are within 12.7 errors of 0.3.
        Assert.Equal(VerdictKind.Consistent, verdict.Kind);
        Assert.Equal(0.5 / 156, verdict.Noise!.Std, 1e-12);
    }

    [Fact]
    public void Judge_PublishedMeanTooUncertain_SaysNoNumberOfSeedsWouldDo()
    {
        var verdict = Judge([0.85, 0.9, 0.95], Published(0.897, std: 0.05, runs: 3));

        Assert.Equal(VerdictKind.Consistent, verdict.Kind);
        Assert.Null(verdict.SeedsNeeded);
        Assert.Contains("no number of seeds would", verdict.Reason);
    }

    [Fact]
    public void Judge_NoPrintedStd_PublishedMeanStillHasAnError()
    {
        // yang2023: five seeds of ours against a mean of three; error s √(1/5 + 1/3), not s √(1/5).
        double[] values = [0.855, 0.86, 0.865, 0.87, 0.85];
        double std = SampleSummary.Of(values).Std!.Value;

        var verdict = Judge(values, Published(0.863, std: null, runs: 3));

        Assert.Equal(4, verdict.Noise!.DegreesOfFreedom);
        Assert.Equal(2.1318 * std * Math.Sqrt(1 / 5.0 + 1 / 3.0) + 0.0005, verdict.MinimumDetectableMargin!.Value, 1e-5);
        Assert.Contains("no std is printed", verdict.Noise.Origin);
    }

    [Fact]
    public void Judge_OneSeedAgainstPrintedStd_UsesThePrintedStdForBoth()
    {
        var verdict = Judge([0.9], Published(0.9, std: 0.005, runs: 3));

        // 3.37 s of the table in the design, plus rounding.
        Assert.Equal(3.372 * 0.005 + 0.0005, verdict.MinimumDetectableMargin!.Value, 1e-5);
        Assert.Equal(VerdictKind.Reproduced, verdict.Kind);
        Assert.Null(verdict.Ours!.Std);
    }

    [Fact]
    public void Judge_OneSeedAndNoStd_InconclusiveEvenWhenEqual()
    {
        var verdict = Judge([0.9], Published(0.9, std: null, runs: 3));

        Assert.Equal(VerdictKind.Inconclusive, verdict.Kind);
        Assert.Equal(2, verdict.SeedsNeeded);
        Assert.Null(verdict.GapInterval);
    }

    [Fact]
    public void Judge_UnknownNumberOfRuns_CountsAsOne()
    {
        var three = Judge([0.89, 0.9, 0.91], Published(0.9, std: null, runs: 3));
        var unknown = Judge([0.89, 0.9, 0.91], Published(0.9, std: null, runs: null));

        Assert.Equal(Math.Sqrt((1 / 3.0 + 1) / (2 / 3.0)), (unknown.MinimumDetectableMargin!.Value - 0.0005) / (three.MinimumDetectableMargin!.Value - 0.0005), 1e-9);
    }

    [Theory]
    [InlineData(0.78845, 0.7885, VerdictKind.Reproduced)]
    [InlineData(123 / 156.0, 0.7885, VerdictKind.Reproduced)]
    [InlineData(122 / 156.0, 0.7885, VerdictKind.Deviates)]
    [InlineData(0.78856, 0.7885, VerdictKind.Deviates)]
    public void Judge_Deterministic_MustRoundToThePrintedValue(double value, double printed, VerdictKind expected)
    {
        var published = Published(printed, std: null, runs: 1) with { HalfStep = 0.00005 };

        var verdict = CellJudge.Judge(new CellEvidence(Metric.Acc, [value], published, TestImages: 156, Deterministic: true) { Fragile = new FragileAnswers(156, [], []) }, s_rules);

        Assert.Equal(expected, verdict.Kind);
        Assert.Null(verdict.SeedsNeeded);
    }

    [Fact]
    public void Judge_DeterministicOneImageOff_CountsTheImages()
    {
        var verdict = CellJudge.Judge(new CellEvidence(Metric.Acc, [122 / 156.0], Published(0.7885, null, 1) with { HalfStep = 0.00005 }, TestImages: 156, Deterministic: true) { Fragile = new FragileAnswers(156, [], []) }, s_rules);

        Assert.Contains("-1.0 test images", verdict.Reason);
    }

    // 122 of 156 right; two right answers and one wrong one turn within the rules' 1e-3, another wrong one only beyond.
    [Theory]
    [InlineData(0.7885, VerdictKind.Reproduced)]
    [InlineData(0.7821, VerdictKind.Reproduced)]
    [InlineData(0.7692, VerdictKind.Reproduced)]
    [InlineData(0.7949, VerdictKind.Deviates)]
    [InlineData(0.7628, VerdictKind.Deviates)]
    public void Judge_DeterministicWithFragileVotes_IsReproducedWhereThePrintedValueCanBeReached(double printed, VerdictKind expected)
    {
        var evidence = new CellEvidence(Metric.Acc, [122 / 156.0], Published(printed, null, 1) with { HalfStep = 0.00005 }, TestImages: 156, Deterministic: true) { Fragile = new FragileAnswers(156, [0, 0.0009], [0.0003, 0.002]) };

        var verdict = CellJudge.Judge(evidence, s_rules);

        Assert.Equal(expected, verdict.Kind);
        if (printed != 0.7821) Assert.Contains("3 of 156 votes turn", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_DeterministicOffWithoutItsFragileVotes_IsUndecided() => Assert.Equal(
        VerdictKind.Inconclusive, CellJudge.Judge(new CellEvidence(Metric.Acc, [122 / 156.0], Published(0.7885, null, 1) with { HalfStep = 0.00005 }, TestImages: 156, Deterministic: true), s_rules).Kind);

    [Fact]
    public void Judge_NothingToCompare_SaysWhich()
    {
        Assert.Equal(VerdictKind.Unpublished, Judge([0.9], null).Kind);
        Assert.Equal(VerdictKind.NotRun, Judge([], Published(0.9, null, 3)).Kind);
        Assert.Equal(VerdictKind.Unpublished, Judge([], null).Kind);
    }

    [Fact]
    public void Judge_KnownDeviation_InvertsBothWays()
    {
        var known = new KnownDeviation(s_key, "resize differs", "https://example.org/1", new DateOnly(2026, 11, 30));
        CellVerdict With(double mean) => CellJudge.Judge(new CellEvidence(Metric.Acc, [mean - 0.001, mean, mean + 0.001], Published(0.9, 0.001, 3), Known: known), s_rules);

        Assert.Equal(VerdictKind.KnownDeviation, With(0.8).Kind);
        Assert.Contains("resize differs (https://example.org/1)", With(0.8).Reason);
        Assert.Equal(VerdictKind.StaleKnownDeviation, With(0.9).Kind);
        Assert.Contains("remove that row", With(0.9).Reason);
        Assert.Equal(VerdictKind.Inconsistent, With(0.92).Kind);
    }

    [Fact]
    public void Margin_SmallTestSet_IsAtLeastOneImage()
    {
        Assert.Equal(1 / 40.0, s_rules.Margin(Metric.Acc, 40));
        Assert.Equal(s_rules.Margins[Metric.Acc].Value, s_rules.Margin(Metric.Acc, 10_000));
        Assert.Equal(s_rules.Margins[Metric.Auc].Value, s_rules.Margin(Metric.Auc, 40));
    }

    [Fact]
    public void Judge_AnyRuns_NeverBothSidesAndReproducedLiesInside() =>
        Gen.Select(Gen.Double[0.5, 0.95].Array[2, 6], Gen.Double[0.5, 0.95], Gen.Double[0.0005, 0.03]).Sample((values, mean, std) =>
        {
            var verdict = Judge(values, Published(mean, std, 3));
            double gap = Math.Abs(verdict.Gap!.Value);
            return verdict.Kind switch
            {
                VerdictKind.Reproduced => gap < verdict.Margin && verdict.MinimumDetectableMargin < verdict.Margin && verdict.SeedsNeeded is null,
                VerdictKind.Deviates => gap > verdict.Margin && !verdict.GapInterval!.Value.Contains(0) && verdict.SeedsNeeded is null,
                _ => verdict.Kind is VerdictKind.Consistent or VerdictKind.Inconsistent && (verdict.Kind == VerdictKind.Consistent) == verdict.GapInterval!.Value.Contains(0) && verdict.SeedsNeeded is null or > 2,
            };
        });

    [Fact]
    public void Sensitivity_WiderMargin_NeverReproducesFewer()
    {
        CellEvidence[] cells = [.. Enumerable.Range(0, 8).Select(i => new CellEvidence(Metric.Acc, [0.9 + i * 0.004, 0.901 + i * 0.004, 0.899 + i * 0.004], Published(0.9, 0.001, 3)))];

        var curve = MarginSensitivity.Curve(cells, s_rules, [0.005, 0.01, 0.02, 0.04]);

        Assert.All(curve, point => Assert.Equal(8, point.Reproduced + point.Deviates + point.Inconclusive));
        Assert.Equal(curve.Select(p => p.Reproduced).Order(), curve.Select(p => p.Reproduced));
        Assert.Equal(1, curve[^1].Share);
        Assert.True(curve[0].Deviates > 0);
    }

    [Fact]
    public void ClaimSummary_ManyCells_CountsFalseAlarmsToExpect()
    {
        CellVerdict[] verdicts = [Judge([0.9, 0.9005, 0.8995], Published(0.9, 0.001, 3)), Judge([0.8, 0.801, 0.799], Published(0.9, 0.001, 3)), Judge([], Published(0.9, 0.001, 3))];

        var summary = ClaimSummary.Of(verdicts, s_rules);

        Assert.Equal(0.1, summary.ExpectedFalseAlarms, 1e-12);
        Assert.Equal((1, 1), (summary.DeviatesAfterHolm, summary.DeviatesAfterBenjaminiHochberg));
        Assert.Equal(1, summary.Counts[VerdictKind.NotRun]);
    }

    private static PublishedValue Published(double mean, double? std, int? runs) => new(s_key, mean, 0.0005, std, runs, "Table 1", "test", "test:1");

    private static CellVerdict Judge(double[] values, PublishedValue? published, ModeratedVariance? family = null) =>
        CellJudge.Judge(new CellEvidence(Metric.Acc, values, published, family), s_rules);
}
