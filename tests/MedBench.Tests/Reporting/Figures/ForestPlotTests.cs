using System.Globalization;
using System.Xml.Linq;
using MedBench.Reporting.Figures;

namespace MedBench.Tests.Reporting.Figures;

public sealed class ForestPlotTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static Figure Draw()
    {
        var run = SampleRuns.Configuration();
        var cells = SampleCells.Of(SampleRuns.Result(run, 0, 0.85), SampleRuns.Result(run, 1, 0.87));
        return ForestPlot.Draw([.. cells, SampleCells.NotRun(cells[0].Cell.Key with { Model = "resnet50.cifar" })]);
    }

    [Fact]
    public void Draw_OneCell_IsWellFormedWithItsAlternativeText()
    {
        var svg = XElement.Parse(Draw().Svg);

        Assert.Equal("BreastMNIST, from-scratch, ACC: published and reproduced", svg.Element(s_svg + "title")!.Value);
        Assert.Contains("ours 86.00 %, printed 86.30 %", svg.Element(s_svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Contains(svg.Descendants(s_svg + "text"), t => t.Value == "-0.30");
    }

    [Fact]
    public void Draw_Marks_LieWhereTheNumbersAre()
    {
        var svg = XElement.Parse(Draw().Svg);
        double X(string text) => (double)svg.Descendants(s_svg + "text").Single(t => t.Value == text).Attribute("x")!;
        double scale = (X("88") - X("86")) / 0.02;

        double[] dots = [.. svg.Elements(s_svg + "path").Single(p => (string)p.Attribute("class")! == "dots ours").Attribute("d")!.Value
            .Split('M', StringSplitOptions.RemoveEmptyEntries).Select(d => double.Parse(d.Split(' ')[0], CultureInfo.InvariantCulture))];
        string range = svg.Elements(s_svg + "path").Single(p => (string)p.Attribute("class")! == "range").Attribute("d")!.Value;

        Assert.Equal(X("86") - 0.01 * scale, dots[0], 0.2);
        Assert.Equal(X("86") + 0.01 * scale, dots[1], 0.2);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"M{X("86") - 0.017 * scale:0.#} "), range, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"H{X("86") + 0.023 * scale:0.#}v18"), range, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_CellsNotRun_AreCountedNotDrawn()
    {
        var figure = Draw();

        Assert.Single(figure.Table.Rows);
        Assert.Contains("Printed and not run, so not drawn: 1 cell.", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_Numbers_NameTheirRuns()
    {
        var numbers = Assert.Single(Draw().Table.Rows).Numbers;

        Assert.Equal([NumberOrigin.Mean, NumberOrigin.Run, NumberOrigin.Run, NumberOrigin.Published], numbers.Select(n => n.Origin));
        Assert.Equal(2, numbers[0].Runs.Count);
        Assert.Equal("selected/acc", numbers[1].Of);
        Assert.Equal(0.863, numbers[3].Value);
    }
}
