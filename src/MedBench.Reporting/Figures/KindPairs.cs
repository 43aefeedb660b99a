using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;

namespace MedBench.Reporting.Figures;

/// <summary>CNNs against ViTs: for each dataset the mean over each kind's models, joined by a line.</summary>
internal static class KindPairs
{
    private const double Row = 26, Top = 30, LabelWidth = 150, PlotEnd = 560, FullWidth = 660;

    /// <summary>One dataset, as figures write it, with both kinds.</summary>
    internal sealed record Pair(string Dataset, double Cnn, double Vit, int Cnns, int Vits, IReadOnlyList<SourcedNumber> Numbers);

    /// <summary>The figure; null where fewer than two datasets have both kinds.</summary>
    /// <param name="cells">Cells of one paper, method, resolution and metric.</param>
    /// <param name="kinds"><c>cnn</c> or <c>vit</c> by model.</param>
    /// <param name="printed">Whether to draw the printed numbers instead of our runs.</param>
    internal static Figure? Draw(IReadOnlyList<ReportedCell> cells, IReadOnlyDictionary<string, string> kinds, bool printed)
    {
        Pair[] pairs = [.. cells.GroupBy(c => c.Cell.Key.Dataset).Select(g => PairOf(Labels.Dataset(g.First().Cell.Dataset), [.. g], kinds, printed)).OfType<Pair>().OrderBy(p => p.Vit - p.Cnn)];
        if (pairs.Length < 2) return null;
        var key = cells[0].Cell.Key;
        string whose = printed ? $"numbers that {key.Paper} prints" : "our runs";
        string id = Labels.Slug("kinds", key.Paper, key.Method, $"{key.Resolution}", key.Metric.Name(), printed ? "printed" : "ours");
        string title = $"CNNs and ViTs, {Labels.Metric(key.Metric)}, {key.Method}, {key.Resolution} px ({whose})";
        int ahead = pairs.Count(p => p.Vit > p.Cnn);
        string description = $"ViTs are ahead on {ahead} of {pairs.Length} datasets; mean difference {Show.SignedPoints(pairs.Average(p => p.Vit - p.Cnn))} points.";

        double bottom = Top + Row * pairs.Length;
        var canvas = new SvgCanvas(FullWidth, bottom + 40);
        var x = Axis.Linear(pairs.SelectMany(p => (double[])[p.Cnn, p.Vit]), LabelWidth, PlotEnd, 0, 1);
        foreach (double tick in x.Ticks)
            canvas.Line(x.At(tick), Top - 6, x.At(tick), bottom, "grid").Text(x.At(tick), bottom + 18, x.Percent(tick), "tick", "middle");
        canvas.Line(LabelWidth, bottom, PlotEnd, bottom, "axis").Text((LabelWidth + PlotEnd) / 2, bottom + 35, $"mean {Labels.Metric(key.Metric)}, %", "label", "middle");
        canvas.Dots([(LabelWidth + 6, 12)], "dots s1").Text(LabelWidth + 16, 16, "CNN", "legend").Dots([(LabelWidth + 66, 12)], "dots s2").Text(LabelWidth + 76, 16, "ViT", "legend");
        canvas.Text(FullWidth - 4, 16, "ViT − CNN", "tick", "end");
        for (int i = 0; i < pairs.Length; i++)
        {
            double y = Top + Row * i + Row / 2;
            var p = pairs[i];
            canvas.Text(LabelWidth - 12, y + 4, p.Dataset, "row", "end").Line(x.At(p.Cnn), y, x.At(p.Vit), y, "join")
                .Dots([(x.At(p.Cnn), y)], "dots s1").Dots([(x.At(p.Vit), y)], "dots s2")
                .Text(FullWidth - 4, y + 4, Show.SignedPoints(p.Vit - p.Cnn), "row", "end");
        }
        return new Figure(
            id, title, $"Mean over the models of each kind, dataset by dataset, from {whose}.", description, canvas.ToSvg(id, title, description),
            new FigureTable(["dataset", "CNN mean %", "CNN models", "ViT mean %", "ViT models", "ViT − CNN"], [.. pairs.Select(p => new FigureRow(
                [p.Dataset, Show.Points(p.Cnn), $"{p.Cnns}", Show.Points(p.Vit), $"{p.Vits}", Show.SignedPoints(p.Vit - p.Cnn)], p.Numbers))]));
    }

    private static Pair? PairOf(string dataset, ReportedCell[] cells, IReadOnlyDictionary<string, string> kinds, bool printed)
    {
        double? Value(ReportedCell c) => printed ? c.Cell.Published?.Mean : c.Cell.Verdict.Ours?.Mean;
        ReportedCell[] Of(string kind) => [.. cells.Where(c => kinds.GetValueOrDefault(c.Cell.Key.Model) == kind && (printed || c.Cell.Key.Variant == CellVariant.Plain) && Value(c) is not null).DistinctBy(c => c.Cell.Key.Model)];
        var (cnn, vit) = (Of("cnn"), Of("vit"));
        return cnn.Length == 0 || vit.Length == 0
            ? null
            : new Pair(dataset, cnn.Average(c => Value(c)!.Value), vit.Average(c => Value(c)!.Value), cnn.Length, vit.Length,
                [.. cnn.Concat(vit).SelectMany(Numbers.Of).Where(n => n.Origin == (printed ? NumberOrigin.Published : NumberOrigin.Mean))]);
    }
}
