using System.Globalization;
using System.Text.RegularExpressions;
using MedBench.Data.Datasets;
using MedBench.Reporting.Figures;

namespace MedBench.Tests.Reporting.Figures;

public sealed partial class GapHeatMapTests
{
    // At 45 degrees a name of n letters is about 6.2 n / sqrt 2 high.
    [Fact]
    public void Draw_ALongName_StaysInsideThePicture()
    {
        var run = SampleRuns.Configuration("synthetic", "resnet18.cifar", "demo");
        var figure = GapHeatMap.Draw([SampleCells.Of(SampleRuns.Result(run, 0, 0.5, 0.8))[0]]);

        string name = Labels.Dataset(DatasetCatalog.Synthetic);
        var label = Label().Matches(figure.Svg).Single(m => m.Groups["text"].Value == name);
        Assert.True(double.Parse(label.Groups["y"].Value, CultureInfo.InvariantCulture) >= name.Length * 6.2 * Math.Sqrt(0.5), label.Value);
    }

    [GeneratedRegex("""<text x="[^"]*" y="(?<y>[^"]*)"[^>]*rotate[^>]*>(?<text>[^<]*)</text>""")]
    private static partial Regex Label();
}
