using System.Globalization;
using System.Text;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Figures;

/// <summary>Model × dataset: our mean minus the printed one.</summary>
internal static class GapHeatMap
{
    private const double CellWidth = 50, CellHeight = 26, LetterWidth = 6.2, LeastTop = 92, LeastRight = 60;

    // Colours: nine steps, each of a third of the margin; further out stays at the last.
    private const int Steps = 4;

    /// <summary>The map of cells that share paper, method, resolution and metric.</summary>
    internal static Figure Draw(IReadOnlyList<ReportedCell> cells)
    {
        var key = cells[0].Cell.Key;
        DatasetCard[] datasets = [.. cells.Select(c => c.Cell.Dataset).DistinctBy(d => d.Name).OrderBy(d => d.Name, StringComparer.Ordinal)];
        // Rows without any run would be blank lines: the table of cells has them.
        (string Model, string Variant)[] rows = [.. cells.Where(c => c.IsRun).Select(c => (c.Cell.Key.Model, c.Cell.Key.Variant.ToString())).Distinct().Order()];
        var byPlace = cells.ToDictionary(c => (c.Cell.Key.Model, c.Cell.Key.Variant.ToString(), c.Cell.Key.Dataset));
        string id = Labels.Slug("gap", key.Paper, key.Method, $"{key.Resolution}", key.Metric.Name());
        string title = $"Gap to the printed {Labels.Metric(key.Metric)}, {key.Method}, {key.Resolution} px";
        var known = cells.Where(c => c.Cell.Verdict.Gap is not null).ToList();
        string description = known.Count == 0
            ? "No cell has both a run and a printed number."
            : $"{Show.Count(known.Count, "cell")} with a gap, from {Show.SignedPoints(known.Min(c => c.Cell.Verdict.Gap!.Value))} to {Show.SignedPoints(known.Max(c => c.Cell.Verdict.Gap!.Value))} points; mean {Show.SignedPoints(known.Average(c => c.Cell.Verdict.Gap!.Value))}.";

        string[] names = [.. rows.Select(r => Labels.Cut(r.Model + (r.Variant.Length > 0 ? $", {r.Variant}" : ""), 56))];
        double left = names.Select(n => n.Length).DefaultIfEmpty(0).Max() * LetterWidth + 14;
        // Names of datasets stand at 45 degrees: a long one needs room above and, at the end, beside.
        double reach = datasets.Select(d => Labels.Dataset(d).Length).DefaultIfEmpty(0).Max() * LetterWidth * Math.Sqrt(0.5);
        double top = Math.Max(LeastTop, reach + 24);
        var canvas = new SvgCanvas(left + CellWidth * datasets.Length + Math.Max(LeastRight, reach - 4), top + CellHeight * rows.Length + 12);
        for (int d = 0; d < datasets.Length; d++)
            canvas.Text(left + CellWidth * d + CellWidth / 2 + 4, top - 10, Labels.Dataset(datasets[d]), "tick", rotate: -45);
        // One element a colour: a page holds thousands of fields.
        var fills = new SortedDictionary<int, StringBuilder>();
        var texts = new StringBuilder();
        for (int r = 0; r < rows.Length; r++)
        {
            double y = top + CellHeight * r;
            canvas.Text(left - 8, y + 17, names[r], "tick", "end");
            for (int d = 0; d < datasets.Length; d++)
                DrawCell(fills, texts, byPlace.GetValueOrDefault((rows[r].Model, rows[r].Variant, datasets[d].Name)), left + CellWidth * d, y);
        }
        foreach (var (step, fill) in fills) canvas.Path(fill.ToString(), step == 0 ? "h0" : step < 0 ? $"hm{-step}" : $"hp{step}");
        canvas.Raw($"<g class=\"cell\" text-anchor=\"middle\">{texts}</g>");
        return new Figure(
            id, title,
            $"Our mean minus the printed mean, in points; the sign shows the verdict (● reproduced, ▲ deviates, ◐ undecided: consistent, inconsistent or inconclusive). Full colour from {Show.Number(100 * Steps * Margin(cells) / 3, 1)} points on. A dot in an empty field: printed, not run. ○: run, nothing printed.",
            description,
            canvas.ToSvg(id, title, description),
            new FigureTable(["model", .. datasets.Select(Labels.Dataset)], [.. rows.Select((row, r) =>
            {
                ReportedCell?[] line = [.. datasets.Select(d => byPlace.GetValueOrDefault((row.Model, row.Variant, d.Name)))];
                return new FigureRow([names[r], .. line.Select(c => c?.Cell.Verdict.Gap is { } gap ? Show.SignedPoints(gap) : "")], [.. line.OfType<ReportedCell>().SelectMany(Numbers.Of)]);
            })]));
    }

    private static void DrawCell(SortedDictionary<int, StringBuilder> fills, StringBuilder texts, ReportedCell? cell, double x, double y)
    {
        if (cell?.Cell.Verdict is not { } verdict || (!cell.IsRun && cell.Cell.Published is null)) return;
        double width = CellWidth - 2, middle = x + width / 2;
        if (verdict.Gap is not { } gap)
        {
            texts.Append(SvgCanvas.Word(middle, y + 17, cell.IsRun ? "○" : "·"));
            return;
        }
        int step = Math.Clamp((int)Math.Round(3 * gap / verdict.Margin, MidpointRounding.AwayFromZero), -Steps, Steps);
        if (!fills.TryGetValue(step, out var fill)) fills[step] = fill = new StringBuilder();
        fill.Append($"M{SvgCanvas.N(x)} {SvgCanvas.N(y)}h{SvgCanvas.N(width)}v{SvgCanvas.N(CellHeight - 2)}h{SvgCanvas.N(-width)}z");
        texts.Append(SvgCanvas.Word(middle, y + 16.5, $"{Labels.Sign(verdict.Kind)} {(100 * gap).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture)}", Math.Abs(step) == Steps ? "full" : ""));
    }

    private static double Margin(IReadOnlyList<ReportedCell> cells) => cells.Max(c => c.Cell.Verdict.Margin);
}
