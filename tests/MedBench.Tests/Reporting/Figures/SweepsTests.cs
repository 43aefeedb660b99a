using MedBench.Data.Preprocessing;
using MedBench.Reporting.Figures;
using MedBench.Training.Runs;

namespace MedBench.Tests.Reporting.Figures;

public sealed class SweepsTests
{
    private static RunConfiguration Wu(int size = 224) => SampleRuns.Configuration("dermamnist", "vit_base_patch14_dinov2.lvd142m", "wu2025", "end-to-end", size);

    [Fact]
    public void LearningRates_RatesBesideTheRecipesOwn_AreOneCurve()
    {
        var cells = SampleCells.Of([.. from rate in (double?[])[1e-4, null, 1e-6]
                                       from seed in (int[])[0, 1]
                                       select SampleRuns.Result(Wu() with { EncoderRate = rate }, seed, (rate is null ? 0.9 : 0.8) + 0.01 * seed)]);

        var figure = Assert.Single(Sweeps.LearningRates(cells));

        Assert.Equal(["1e-6", "1e-5", "1e-4"], figure.Table.Rows.Select(r => r.Fields[1]));
        Assert.Equal(["80.50", "90.50", "80.50"], figure.Table.Rows.Select(r => r.Fields[2]));
        Assert.Equal(["90.00", "91.00"], figure.Table.Rows[1].Fields.Skip(3).Take(2));
        Assert.Contains("best at 1e-5", figure.Description, StringComparison.Ordinal);
        Assert.Empty(Sweeps.DataSizes(cells));
    }

    [Fact]
    public void Resizing_TwoWays_AreTwoCurves()
    {
        var cells = SampleCells.Of([.. from size in (int[])[28, 64]
                                       from resize in (ResizeMode?[])[null, ResizeMode.PadAfterNormalize]
                                       select SampleRuns.Result(Wu(size) with { Resize = resize }, 0, 0.7 + size / 1000.0)]);

        var figure = Assert.Single(Sweeps.Resizing(cells));

        Assert.Equal(2, figure.Table.Rows.Select(r => r.Fields[0]).Distinct().Count());
        Assert.Equal(4, figure.Table.Rows.Count);
    }

    [Fact]
    public void DataSizes_SharesAndShots_AreFiguresApart()
    {
        var cells = SampleCells.Of([.. from subset in (string[])["all", "25%", "10-shot", "50-shot"]
                                       select SampleRuns.Result(Wu() with { Subset = TrainingSubset.Parse(subset) }, 0, 0.7)]);

        var figures = Sweeps.DataSizes(cells).ToList();

        Assert.Equal([["25 %", "100 %"], ["10", "50"]], figures.Select(f => f.Table.Rows.Select(r => r.Fields[1]).ToArray()));
    }

    [Fact]
    public void LearningRates_OneSetting_IsNoSweep() => Assert.Empty(Sweeps.LearningRates(SampleCells.Of(SampleRuns.Result(Wu(), 0, 0.9))));
}
