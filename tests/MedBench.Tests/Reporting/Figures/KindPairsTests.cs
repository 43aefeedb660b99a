using MedBench.Reporting.Figures;
using MedBench.Tests.Reporting.Html;

namespace MedBench.Tests.Reporting.Figures;

public sealed class KindPairsTests
{
    private static readonly Dictionary<string, string> s_kinds = new() { ["resnet18.a1_in1k"] = "cnn", ["vit_base_patch16_224.dino"] = "vit" };

    [Fact]
    public void Draw_BothKinds_ShowsTheDifferenceByDataset()
    {
        var cells = SampleCells.Of([.. from dataset in (string[])["breastmnist", "dermamnist"]
                                       from model in s_kinds.Keys
                                       select SampleRuns.Result(SampleRuns.Configuration(dataset, model, "wu2025", "end-to-end", 224), 0, model[0] == 'v' ? 0.9 : dataset[0] == 'b' ? 0.8 : 0.95, weights: SampleRuns.Checkpoint('1'))]);

        var figure = KindPairs.Draw(cells, s_kinds, printed: false)!;

        Assert.Equal([["DermaMNIST", "-5.00"], ["BreastMNIST", "+10.00"]], figure.Table.Rows.Select(r => new[] { r.Fields[0], r.Fields[5] }));
        Assert.Contains("ahead on 1 of 2 datasets", figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_OneKind_IsNoFigure() => Assert.Null(KindPairs.Draw(SampleCells.Of(SampleRuns.Result(SampleRuns.Configuration(), 0, 0.8)), s_kinds, printed: false));

    [Fact]
    public void ReportFigures_WholeGrid_HasEveryKindOfFigure()
    {
        var groups = new ReportFigures(SampleReport.Published).Draw(SampleReport.GridReport.Value);

        Assert.All((string[])["gaps", "kinds", "margins", "published-doerrich2025-breastmnist"], id => Assert.Contains(groups, g => g.Id == id));
        Assert.All(groups.SelectMany(g => g.Figures), f => Assert.All(f.Table.Rows, r => Assert.Equal(f.Table.Columns.Count, r.Fields.Count)));
    }
}
