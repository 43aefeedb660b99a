using CsCheck;
using MathNet.Numerics.Distributions;
using MedBench.Claims.Statistics;

namespace MedBench.Tests.Claims.Statistics;

public sealed class TwoSampleTests
{
    private const double Tolerance = 1e-8;

    [Fact]
    public void StudentQuantile_EveryGoldenCase_EqualsSciPy() =>
        Assert.All(SciPyGolden.Cases("t_quantiles"), c => Assert.Equal(1, StudentT.InvCDF(0, 1, c.Number("df"), c.Number("p")) / c.Number("t"), Tolerance));

    [Fact]
    public void SampleSummary_EveryGoldenCase_EqualsSciPy() =>
        Assert.All(SciPyGolden.Cases("two_sample"), c =>
        {
            var summary = SampleSummary.Of(c.Numbers("a"));

            Assert.Equal(c.Number("std"), summary.Std!.Value, 1e-12);
            Equal(c.Numbers("mean_interval"), MeanComparison.AgainstFixed(summary.Mean, new Spread(summary.Std.Value, summary.Count - 1), summary.Count).Interval(0.95));
        });

    [Fact]
    public void Welch_EveryGoldenCase_EqualsSciPy() =>
        Assert.All(SciPyGolden.Cases("two_sample"), c =>
        {
            SampleSummary a = SampleSummary.Of(c.Numbers("a")), b = SampleSummary.Of(c.Numbers("b"));

            Assert.Equal(c.Number("welch_p"), Welch(a, b).DifferenceP, Tolerance);
            Assert.Equal(c.Number("welch_tost_p"), Welch(a, b).EquivalenceP(0.02), Tolerance);
        });

    [Theory]
    [InlineData(1, 4.97, 3.37, 2)]
    [InlineData(3, 2.27, 1.74, 4)]
    [InlineData(5, 1.79, 1.42, 6)]
    [InlineData(10, 1.45, 1.18, 11)]
    public void MinimumDetectableMargin_AgainstThreePublishedRuns_IsTheTabledMultipleOfS(int ours, double interval, double margin, int freedom)
    {
        var comparison = MeanComparison.Common(0, 1, freedom, ours, 3);

        Assert.Equal(interval, comparison.Interval(0.95).High, 0.005);
        Assert.Equal(margin, comparison.MinimumDetectableMargin(0.05), 0.005);
    }

    [Fact]
    public void MeanComparison_NoSpreadAtAll_IsCertain()
    {
        var comparison = new MeanComparison(0.01, 0, 4);

        Assert.Equal(0, comparison.EquivalenceP(0.02));
        Assert.Equal(1, comparison.EquivalenceP(0.01));
        Assert.Equal(0, comparison.ExceedanceP(0.005));
    }

    [Fact]
    public void Equivalence_AnyComparison_SucceedsExactlyIfTheIntervalLiesInside() =>
        Gen.Select(Gen.Double[-0.05, 0.05], Gen.Double[1e-4, 0.02], Gen.Double[1, 30], Gen.Double[0.001, 0.05]).Sample((difference, error, freedom, margin) =>
        {
            var comparison = new MeanComparison(difference, error, freedom);
            var inside = comparison.Interval(0.90);
            double closest = Math.Min(margin - inside.High, inside.Low + margin);
            return Math.Abs(closest) < 1e-9 || (comparison.EquivalenceP(margin) < 0.05) == (closest > 0);
        });

    [Fact]
    public void SeedPlan_FoundNumber_IsTheFirstThatDecides()
    {
        bool Decides(MeanComparison c) => c.EquivalenceP(0.012) < 0.05;

        int needed = SeedPlan.Needed(0.001, 0.01, 4, 3, 3, Decides)!.Value;

        Assert.True(needed > 3);
        Assert.True(Decides(MeanComparison.Common(0.001, 0.01, 4 + needed - 3, needed, 3)));
        Assert.False(Decides(MeanComparison.Common(0.001, 0.01, 4 + needed - 4, needed - 1, 3)));
    }

    [Fact]
    public void SeedPlan_PublishedMeanTooUncertain_NoNumberHelps() =>
        Assert.Null(SeedPlan.Needed(0, 0.01, 4, 3, 3, c => c.EquivalenceP(0.009) < 0.05));

    // Variances not taken as equal (Welch-Satterthwaite): SciPy's own test of two samples, for the p values that follow from it.
    private static MeanComparison Welch(SampleSummary first, SampleSummary second)
    {
        double a = first.Std!.Value * first.Std.Value / first.Count, b = second.Std!.Value * second.Std.Value / second.Count;
        return new MeanComparison(first.Mean - second.Mean, Math.Sqrt(a + b), (a + b) * (a + b) / (a * a / (first.Count - 1) + b * b / (second.Count - 1)));
    }

    private static void Equal(double[] expected, Interval actual)
    {
        Assert.Equal(expected[0], actual.Low, Tolerance);
        Assert.Equal(expected[1], actual.High, Tolerance);
    }
}
