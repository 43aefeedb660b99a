using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;

namespace MedBench.Tests.Claims.Verdicts;

public sealed class RulesVersion2Tests
{
    private const int Draws = 2000;
    private static readonly VerdictRules s_rules = VerdictRules.Load();

    // docs/rules.md: BreastMNIST, resnet18.cifar, best-AUC weights, digit by digit.
    [Theory]
    [InlineData(Metric.Acc, new[] { 86.54, 83.97, 83.97, 80.77, 91.03 }, 86.3, 85.26, 3.82, 10.50, 0.46, -4.69, 2.60, 35, 80.03, 90.83)]
    [InlineData(Metric.Auc, new[] { 90.56, 89.14, 89.24, 88.49, 91.75 }, 90.1, 89.84, 1.31, 3.59, 0.63, -1.51, 0.98, 18, 85.42, 94.78)]
    public void Judge_BreastMnist_IsTheWorkedExample(
        Metric metric, double[] percent, double printed, double mean, double std, double shift, double within, double low, double high, int seeds, double patientsLow, double patientsHigh)
    {
        var verdict = CellJudge.Judge(new CellEvidence(metric, [.. percent.Select(v => v / 100)], Published(metric, printed / 100, 3), TestImages: 156) { Questions = [(114, 42)] }, s_rules);

        Assert.Equal(VerdictKind.Consistent, verdict.Kind);
        Assert.Equal((mean, std), (Percent(verdict.Ours!.Mean), Percent(verdict.Ours.Std!.Value)));
        Assert.Equal(4, verdict.Noise!.DegreesOfFreedom);
        Assert.Equal(shift, Percent(verdict.DetectableShift!.Value));
        Assert.Equal(within, Math.Round(verdict.WithinMargin!.Value, 2));
        Assert.Equal((OnTargetKind.Undecided, low, high, seeds), (verdict.OnTarget!.Kind, Percent(verdict.OnTarget.Interval.Low), Percent(verdict.OnTarget.Interval.High), verdict.OnTarget.SeedsNeeded));
        Assert.Equal((patientsLow, patientsHigh), (Percent(verdict.Patients!.Interval!.Value.Low), Percent(verdict.Patients.Interval.Value.High)));
        // Prediction interval 77.5 to 93.1, or 87.1 to 92.5: the gap's, turned round.
        var prediction = (Math.Round(100 * (printed / 100 + verdict.GapInterval!.Value.Low), 1), Math.Round(100 * (printed / 100 + verdict.GapInterval.Value.High), 1));
        Assert.Equal(metric == Metric.Acc ? (77.5, 93.1) : (87.1, 92.5), prediction);
    }

    // "reproduced" at a true gap of just the margin, "deviates" at just the margin, not "consistent" at none.
    [Theory]
    [InlineData(VerdictKind.Reproduced, 0.02)]
    [InlineData(VerdictKind.Deviates, 0.02)]
    [InlineData(VerdictKind.Consistent, 0)]
    public void Judge_TrueGapAtTheBoundary_ErrsNoMoreOftenThanAlpha(VerdictKind kind, double gap)
    {
        var verdicts = Simulated(gap, std: 0.008, seed: 1);

        double wrong = verdicts.Count(k => kind == VerdictKind.Consistent ? k is VerdictKind.Inconsistent or VerdictKind.Deviates : k == kind) / (double)Draws;

        Assert.InRange(wrong, 0, s_rules.Alpha + 2 * Math.Sqrt(s_rules.Alpha * (1 - s_rules.Alpha) / Draws));
    }

    [Fact]
    public void Judge_ClearCases_AreDecidedWithPower()
    {
        Assert.True(Simulated(0, std: 0.004, seed: 2).Count(k => k == VerdictKind.Reproduced) > 0.95 * Draws);
        Assert.True(Simulated(0.05, std: 0.006, seed: 3).Count(k => k == VerdictKind.Deviates) > 0.9 * Draws);
    }

    [Fact]
    public void Judge_FamilyOfFortyCells_KeepsItsSizeAndGainsPower()
    {
        var random = new MersenneTwister(4, threadSafe: false);
        int alone = 0, together = 0, wrong = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            // True variances spread as by three degrees of freedom.
            double[] sigma = [.. Enumerable.Range(0, 40).Select(_ => 0.008 / Math.Sqrt(ChiSquared.Sample(random, 3) / 3))];
            var family = ModeratedVariance.Of([.. sigma.Select(s => new Spread(s * Math.Sqrt(ChiSquared.Sample(random, 2) / 2), 2))]);
            double[] runs = Runs(random, 3, sigma[0]);
            double printed = Runs(random, 3, sigma[0]).Average();
            var evidence = new CellEvidence(Metric.Acc, [.. runs.Select(r => r + 0.9)], Published(Metric.Acc, printed + 0.9, 3));
            wrong += CellJudge.Judge(evidence with { Family = family, Published = Published(Metric.Acc, printed + 0.92, 3) }, s_rules).Kind == VerdictKind.Reproduced ? 1 : 0;
            alone += CellJudge.Judge(evidence, s_rules).Kind == VerdictKind.Reproduced ? 1 : 0;
            together += CellJudge.Judge(evidence with { Family = family }, s_rules).Kind == VerdictKind.Reproduced ? 1 : 0;
        }

        Assert.InRange(wrong, 0, (s_rules.Alpha + 2 * Math.Sqrt(s_rules.Alpha * (1 - s_rules.Alpha) / Draws)) * Draws);
        Assert.True(together > alone, $"{together} with the family, {alone} alone");
    }

    [Fact]
    public void Corrected_OneOfManyByChance_IsInconsistentUntilAllAreKnown()
    {
        JudgedCell Cell(string model, double p) => new(new CellKey("p", "breastmnist", "from-scratch", model, 28, Metric.Acc), DatasetCatalog.Get("breastmnist"), [], Published(Metric.Acc, 0.9, 3),
            new CellVerdict(VerdictKind.Deviates, "off", null, 0.9, 0.02, 2, "") { DeviationP = p });
        JudgedCell notRun = Cell("x", 1) with { Verdict = new CellVerdict(VerdictKind.NotRun, "", null, 0.9, 0.02, 2, "") };

        var corrected = CellJudge.Corrected([Cell("a", 0.001), Cell("b", 0.03), notRun, notRun], s_rules);

        Assert.Equal([VerdictKind.Deviates, VerdictKind.Inconsistent, VerdictKind.NotRun, VerdictKind.NotRun], corrected.Select(c => c.Verdict.Kind));
        Assert.Contains("Holm over 4 printed numbers (p = 0.090)", corrected[1].Verdict.Reason);
    }

    private static VerdictKind[] Simulated(double gap, double std, int seed)
    {
        var random = new MersenneTwister(seed, threadSafe: false);
        return [.. Enumerable.Range(0, Draws).Select(_ => CellJudge.Judge(
            new CellEvidence(Metric.Acc, [.. Runs(random, 5, std).Select(r => r + 0.8 + gap)], Published(Metric.Acc, 0.8 + Runs(random, 3, std).Average(), 3)), s_rules).Kind)];
    }

    private static double[] Runs(MersenneTwister random, int count, double std) => [.. Enumerable.Range(0, count).Select(_ => Normal.Sample(random, 0, std))];

    private static double Percent(double fraction) => Math.Round(100 * fraction, 2);

    private static PublishedValue Published(Metric metric, double mean, int runs) =>
        new(new CellKey("p", "breastmnist", "from-scratch", "m", 28, metric), mean, 0.0005, null, runs, "Table 1", "test", "test:1");
}
