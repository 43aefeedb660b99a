using MedBench.Claims.Statistics;

namespace MedBench.Tests.Claims.Statistics;

public sealed class ClusterMeanTests
{
    private static readonly double[] s_values = [.. Enumerable.Range(0, 40).Select(i => i % 7 < 4 ? 1.0 : 0)];

    [Fact]
    public void Of_OneValueAGroup_IsTheOrdinaryMeanAndStandardError()
    {
        var mean = ClusterMean.Of([.. s_values.Select((v, i) => (i, v))]);

        Assert.Equal(s_values.Average(), mean.Mean, 1e-12);
        double variance = s_values.Sum(v => (v - mean.Mean) * (v - mean.Mean)) / 39;
        Assert.Equal(Math.Sqrt(variance / 40), mean.StandardError!.Value, 1e-12);
        // t(39) at 97.5 %, from a table.
        Assert.Equal(2.0227 * mean.StandardError.Value, mean.Interval(0.95)!.Value.High - mean.Mean, 1e-5);
    }

    [Fact]
    public void Of_EveryValueTwiceInItsGroup_IsAsOfEachOnce()
    {
        var (once, twice) = (ClusterMean.Of([.. s_values.Select((v, i) => (i, v))]), ClusterMean.Of([.. s_values.Concat(s_values).Select((v, i) => (i % 40, v))]));

        Assert.Equal(once.StandardError!.Value, twice.StandardError!.Value, 1e-12);
        Assert.Equal((once.Mean, once.Groups), (twice.Mean, twice.Groups));
        Assert.Equal(80, twice.Values);
        Assert.Equal(once.Share(0.95).Low, twice.Share(0.95).Low, 1e-12);
        Assert.Equal(once.Share(0.95).High, twice.Share(0.95).High, 1e-12);
    }

    // Two groups of which one is right and one is wrong are worth two images at most.
    [Fact]
    public void Share_GroupsThatAgreeInThemselves_AreWorthOneValueEach()
    {
        var share = ClusterMean.Of([.. Enumerable.Range(0, 400).Select(i => (i / 20, i / 20 % 2 == 0 ? 1.0 : 0))]).Share(0.95);
        // n / d is (m − 1) here: the standard error has the factor m / (m − 1).
        var twenty = BinomialInterval.Wilson(0.5, 19, 0.95);

        Assert.Equal(twenty.Low, share.Low, 1e-12);
        Assert.Equal(twenty.High, share.High, 1e-12);
    }

    [Fact]
    public void Share_AllRight_TakesAGroupForOneValue() =>
        Assert.Equal(BinomialInterval.Wilson(1, 5, 0.95), ClusterMean.Of([.. Enumerable.Range(0, 50).Select(i => (i / 10, 1.0))]).Share(0.95));

    [Fact]
    public void Interval_OneGroup_IsNone() => Assert.Null(ClusterMean.Of([(3, 0.5), (3, 0.7)]).Interval(0.95));
}
