using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Figures;

/// <summary>Published against reproduced, a row a cell: seeds, mean, the printed number and the range that counts as the same.</summary>
internal static class ForestPlot
{
    private const double Row = 30, Top = 16, LabelWidth = 300, PlotEnd = 640, FullWidth = 800;

    /// <summary>The plot of cells that share dataset, method and metric; those without runs are left out.</summary>
    internal static Figure Draw(IReadOnlyList<ReportedCell> cells)
    {
        ReportedCell[] run = [.. cells.Where(c => c.IsRun)];
        var key = run[0].Cell.Key;
        string id = Labels.Slug("forest", key.Paper, key.Dataset, key.Method, key.Metric);
        string title = $"{Labels.Dataset(key.Dataset)}, {key.Method}, {Labels.Metric(key.Metric)}: published and reproduced";
        string description = $"{run.Length} cells. " + string.Join(' ', run.Take(6).Select(Sentence)) + (run.Length > 6 ? " The rest is in the table." : "");
        int missing = cells.Count - run.Length;
        return new Figure(
            id, title,
            "Band: printed value ± the margin that counts as the same result. Bar: printed mean, thin line its printed std. Dots: our seeds. Diamond: our mean. In percent."
                + (missing > 0 ? $" {missing} printed {(missing == 1 ? "cell" : "cells")} of this group were not run and are not drawn." : ""),
            description,
            Picture(run, id, title, description),
            new FigureTable(
                ["cell", "our mean %", "our std", "seeds %", "printed %", "printed std", "margin", "gap", "verdict"],
                [.. run.Select(c => new FigureRow(Fields(c), Numbers.Of(c)))]));
    }

    private static string Picture(IReadOnlyList<ReportedCell> run, string id, string title, string description)
    {
        double height = Top + Row * run.Count + 40, bottom = Top + Row * run.Count;
        var canvas = new SvgCanvas(FullWidth, height);
        var x = Axis.Linear(run.SelectMany(Values), LabelWidth, PlotEnd, 0, 1);
        foreach (double tick in x.Ticks)
            canvas.Line(x.At(tick), Top - 6, x.At(tick), bottom, "grid").Text(x.At(tick), bottom + 18, x.Percent(tick), "tick", "middle");
        canvas.Line(LabelWidth, bottom, PlotEnd, bottom, "axis");
        canvas.Text((LabelWidth + PlotEnd) / 2, bottom + 35, $"{Labels.Metric(run[0].Cell.Key.Metric)} on the test split, %", "label", "middle");
        for (int i = 0; i < run.Count; i++)
            DrawRow(canvas, x, run[i], Top + Row * i + Row / 2);
        return canvas.ToSvg(id, title, description);
    }

    private static void DrawRow(SvgCanvas canvas, Axis x, ReportedCell cell, double y)
    {
        var (key, verdict, published) = (cell.Cell.Key, cell.Cell.Verdict, cell.Cell.Published);
        canvas.Text(LabelWidth - 12, y + (Second(cell).Length > 0 ? -1 : 4), Labels.Cut($"{key.Model}, {key.Resolution} px", 42), "row", "end");
        if (Second(cell) is { Length: > 0 } second) canvas.Text(LabelWidth - 12, y + 11, Labels.Cut(second, 52), "tick", "end");
        if (published is not null)
        {
            canvas.Rect(x.At(published.Mean - verdict.Margin), y - 9, x.At(published.Mean + verdict.Margin) - x.At(published.Mean - verdict.Margin), 18, "range");
            if (published.Std is { } std) canvas.Line(x.At(published.Mean - std), y, x.At(published.Mean + std), y, "pub thin");
            canvas.Line(x.At(published.Mean), y - 9, x.At(published.Mean), y + 9, "pub");
        }
        double mean = x.At(verdict.Ours!.Mean);
        double[] seeds = [.. cell.Cell.Seeds.Select(s => x.At(s.Value))];
        if (seeds.Length > 1) canvas.Line(seeds.Min(), y, seeds.Max(), y, "ours thin");
        canvas.Dots(seeds.Select(s => (s, y)), "dots ours");
        canvas.Path($"M{SvgCanvas.N(mean)} {SvgCanvas.N(y - 6)}l5 6l-5 6l-5 -6z", "diamond");
        canvas.Text(PlotEnd + 14, y + 4, $"{Labels.Sign(verdict.Kind)} {ResultTable.Name(verdict.Kind)}", $"row v-{Labels.Css(verdict.Kind)}");
        if (verdict.Gap is { } gap) canvas.Text(FullWidth - 4, y + 4, Show.SignedPoints(gap), "row", "end");
    }

    private static string Second(ReportedCell cell) => string.Join("; ", ((string[])[cell.Cell.Key.Variant, .. cell.Marks.Where(m => m.Kind is MarkKind.Synthetic or MarkKind.FewSeeds).Select(m => m.Kind == MarkKind.Synthetic ? "synthetic" : m.Text)]).Where(t => t.Length > 0));

    private static IEnumerable<double> Values(ReportedCell cell)
    {
        foreach (var seed in cell.Cell.Seeds) yield return seed.Value;
        if (cell.Cell.Published is not { } published) yield break;
        yield return Math.Min(1, published.Mean + cell.Cell.Verdict.Margin);
        yield return Math.Max(0, published.Mean - cell.Cell.Verdict.Margin);
    }

    private static string Sentence(ReportedCell cell)
    {
        var verdict = cell.Cell.Verdict;
        string printed = cell.Cell.Published is { } p ? $", printed {Show.Points(p.Mean)} %" : ", nothing printed";
        return $"{Labels.Cell(cell.Cell.Key)}: ours {Show.Points(verdict.Ours!.Mean)} %{printed}, {ResultTable.Name(verdict.Kind)}.";
    }

    private static string[] Fields(ReportedCell cell)
    {
        var (verdict, published) = (cell.Cell.Verdict, cell.Cell.Published);
        return
        [
            Labels.Cell(cell.Cell.Key), Show.Points(verdict.Ours!.Mean), verdict.Ours.Std is { } std ? Show.Points(std) : "", string.Join(' ', cell.Cell.Seeds.Select(s => Show.Points(s.Value))),
            published is null ? "" : Show.Points(published.Mean), published?.Std is { } theirs ? Show.Points(theirs) : "", published is null ? "" : $"±{Show.Points(verdict.Margin)}",
            verdict.Gap is { } gap ? Show.SignedPoints(gap) : "", ResultTable.Name(verdict.Kind),
        ];
    }
}
