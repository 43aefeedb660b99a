using MedBench.Claims.Statistics;

namespace MedBench.Tests.Claims.Statistics;

public sealed class SweepTests
{
    [Fact]
    public void WinShares_EveryGoldenCase_ApproachAllDrawsListed() =>
        Assert.All(SciPyGolden.Cases("sweep"), c =>
        {
            SweepCell[] cells = [.. c.GetProperty("cells").EnumerateArray().Select(cell => new SweepCell([.. cell.EnumerateArray().Select(runs => runs.EnumerateArray().Select(v => v.GetDouble()).ToArray())]))];

            double[] shares = new BestSetting(40_000, 1, ResampleCells: false).WinShares(cells);

            // Four standard errors of a share at 40,000 draws.
            Assert.All(c.Numbers("shares").Zip(shares), pair => Assert.Equal(pair.First, pair.Second, 0.01));
            Assert.Equal(1, shares.Sum(), 1e-9);
        });

    [Fact]
    public void WinShares_OneSettingAlwaysAhead_IsCertain()
    {
        SweepCell[] cells = [.. Enumerable.Range(0, 6).Select(i => new SweepCell([[0.5 + i, 0.51 + i], [0.7 + i, 0.71 + i], [0.6 + i, 0.61 + i]]))];

        Assert.Equal([0, 1, 0], new BestSetting(200, 1, ResampleCells: true).WinShares(cells).Select(s => Math.Round(s, 9)));
        Assert.Equal([0, 1, 0], BestSetting.CellShares(cells));
    }

    [Fact]
    public void WinShares_CellsDisagree_ResamplingThemShowsTheDoubt()
    {
        // Three cells for the first setting by a little, one for the second by the same: these cells are decided, others are not.
        SweepCell[] cells = [new([[0.91], [0.90]]), new([[0.91], [0.90]]), new([[0.91], [0.90]]), new([[0.90], [0.91]])];

        Assert.Equal(1, new BestSetting(2000, 1, ResampleCells: false).WinShares(cells)[0], 1e-9);
        Assert.InRange(new BestSetting(2000, 1, ResampleCells: true).WinShares(cells)[0], 0.75, 0.95);
        Assert.Equal([0.75, 0.25], BestSetting.CellShares(cells));
    }

    [Fact]
    public void WinShares_EqualSettings_ShareTheWin() =>
        Assert.Equal([0.5, 0.5], new BestSetting(100, 1, ResampleCells: false).WinShares([new([[0.9], [0.9]])]).Select(s => Math.Round(s, 9)));

    [Fact]
    public void WinShares_CellsOfOtherSettings_Throw() =>
        Assert.Throws<ArgumentException>(() => new BestSetting(100, 1, false).WinShares([new([[1.0], [2.0]]), new([[1.0]])]));

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

    [Fact]
    public void ProbabilityOfImprovement_EveryGoldenCase_EqualsMannWhitney() =>
        Assert.All(SciPyGolden.Cases("improvement"), c => Assert.Equal(c.Number("p"), new PairedCell(c.Numbers("a"), c.Numbers("b")).ProbabilityOfImprovement, 1e-12));
}
