using MedBench.Reporting.Figures;

namespace MedBench.Tests.Reporting.Figures;

public sealed class AxisTests
{
    [Fact]
    public void Linear_AnyValues_EndsAreRoundAndHoldThem()
    {
        var axis = Axis.Linear([0.831, 0.877], 100, 200);

        Assert.Equal([0.83, 0.84, 0.85, 0.86, 0.87, 0.88], axis.Ticks);
        Assert.Equal((100, 200), (axis.At(0.83), axis.At(0.88)));
        Assert.Equal(120, axis.At(0.84), 9);
        Assert.Equal("83", axis.Percent(0.83));
    }

    [Fact]
    public void Linear_Limits_AreNotPassed()
    {
        var axis = Axis.Linear([0.97, 1], 0, 1, 0, 1);

        Assert.Equal(1, axis.Max);
        Assert.All(axis.Ticks, t => Assert.InRange(t, 0, 1));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0)]
    public void Linear_OneValue_StillHasARange(double value)
    {
        var axis = Axis.Linear([value], 0, 100, 0, 1);

        Assert.True(axis.Max > axis.Min);
        Assert.InRange(axis.At(value), 0, 100);
    }

    [Fact]
    public void Logarithmic_Decades_AreEquallyFarApart()
    {
        var axis = Axis.Logarithmic([1e-3, 1e-5, 1e-4], 0, 100);

        Assert.Equal([1e-5, 1e-4, 1e-3], axis.Ticks);
        Assert.Equal(50, axis.At(1e-4), 9);
    }
}
