using System.Xml.Linq;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Reporting.Figures;

namespace MedBench.Tests.Reporting.Figures;

public sealed class EffectPlotTests
{
    private static readonly EffectRow s_near = new("A beats B", "auc · runs", 0.01, -0.01, 0.03, EvidenceKind.Runs, false, ClaimOutcome.Inconclusive);
    private static readonly EffectRow s_far = new("C beats D", "", 0.30, 0.02, 0.58, EvidenceKind.Published, true, ClaimOutcome.Seen);

    [Fact]
    public void Draw_KindsOfEvidence_AreToldApartByMarkAndByWord()
    {
        var figure = EffectPlot.Draw("effects", "Effects", "Two of them.", [new EffectBlock("One sentence", [s_near, s_far])]);

        var paths = XDocument.Parse(figure.Svg).Descendants().Where(e => e.Name.LocalName == "path").Select(e => (string)e.Attribute("class")!).ToList();
        // One in the picture, one in the legend.
        Assert.Equal(2, paths.Count(c => c == "mark-full e-runs"));
        Assert.Equal(2, paths.Count(c => c == "mark-hollow e-published"));
        Assert.Contains("One sentence", figure.Svg, StringComparison.Ordinal);
        Assert.Equal(["C beats D", "", "transfer of published", "+30.00", "+2.00", "+58.00", "seen"], figure.Table.Rows[1].Fields);
    }

    // 30 points beside 1 would leave nothing of the 1.
    [Fact]
    public void Draw_EffectFarBeyondOthers_EndsInAnArrowAtTheAxis()
    {
        int Arrows(EffectRow row) => EffectPlot.Draw("effects", "Effects", "", [new EffectBlock("", [s_near, row])]).Svg.Split("class=\"span e-published\"").Length - 2;

        Assert.Equal(1, Arrows(s_far));
        Assert.Equal(0, Arrows(s_far with { Effect = 0.05, High = 0.08 }));
    }
}
