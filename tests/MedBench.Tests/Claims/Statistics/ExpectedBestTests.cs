using MedBench.Claims.Statistics;

namespace MedBench.Tests.Claims.Statistics;

public sealed class ExpectedBestTests
{
    [Fact]
    public void ExpectedBest_EveryGoldenCase_EqualsAllDrawsListed() =>
        Assert.All(SciPyGolden.Cases("expected_best"), c =>
            Assert.All(c.Numbers("curve").Zip(ExpectedBest.Curve(c.Numbers("values"))), pair => Assert.Equal(pair.First, pair.Second, 1e-12)));

    [Fact]
    public void ExpectedBest_OneTrial_IsTheMeanAndMoreNeverLess()
    {
        double[] curve = ExpectedBest.Curve([0.7, 0.9, 0.8, 0.2]);

        Assert.Equal(0.65, curve[0], 1e-12);
        Assert.Equal(curve.Order(), curve);
        Assert.True(curve[^1] < 0.9);
    }
}
