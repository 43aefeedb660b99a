using System.Text;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Reporting.Model;
using static MedBench.Reporting.Figures.SvgCanvas;

namespace MedBench.Reporting.Figures;

/// <summary>Published against reproduced, a row a cell: seeds, mean, the printed number and the range that counts as the same.</summary>
internal static class ForestPlot
{
    private const double Row = 30, Top = 16, PlotWidth = 380, LetterWidth = 6.6;

    /// <summary>The plot of cells that share dataset, method and metric; those without runs are left out.</summary>
    internal static Figure Draw(IReadOnlyList<ReportedCell> cells)
    {
        ReportedCell[] run = [.. cells.Where(c => c.IsRun)];
        var key = run[0].Cell.Key;
        string id = Labels.Slug("forest", key.Paper, key.Dataset, key.Method, key.Metric.Name());
        string title = $"{Labels.Dataset(run[0].Cell.Dataset)}, {key.Method}, {Labels.Metric(key.Metric)}: published and reproduced";
        string description = $"{run.Length} cells. " + string.Join(' ', run.Take(6).Select(Sentence)) + (run.Length > 6 ? " The rest is in the table." : "");
        int missing = cells.Count - run.Length;
        return new Figure(
            id, title,
            "Band: printed value ± the margin that counts as the same result. Bar: printed mean, thin line its printed std. Dots: our seeds. Diamond: our mean. In percent."
                + (missing > 0 ? $" Printed and not run, so not drawn: {Show.Count(missing, "cell")}." : ""),
            description,
            Picture(run, id, title, description),
            new FigureTable(
                ["cell", "our mean %", "our std", "seeds %", "printed %", "printed std", "margin", "gap", "verdict"],
                [.. run.Select(c => new FigureRow(Fields(c), Numbers.Of(c)))]));
    }

    private static string Picture(IReadOnlyList<ReportedCell> run, string id, string title, string description)
    {
        double height = Top + Row * run.Count + 40, bottom = Top + Row * run.Count;
        double left = run.Max(c => Math.Max(First(c).Length, 0.92 * Second(c).Length)) * LetterWidth + 16, right = left + PlotWidth;
        var canvas = new SvgCanvas(right + 190, height);
        var x = Axis.Linear(run.SelectMany(Values), left, right, 0, 1);
        foreach (double tick in x.Ticks)
            canvas.Line(x.At(tick), Top - 6, x.At(tick), bottom, "grid").Text(x.At(tick), bottom + 18, x.Percent(tick), "tick", "middle");
        canvas.Line(left, bottom, right, bottom, "axis");
        canvas.Text((left + right) / 2, bottom + 35, $"{Labels.Metric(run[0].Cell.Key.Metric)} on the test split, %", "label", "middle");
        // One element for each kind of mark, not for each mark: a page holds thousands of rows.
        StringBuilder ranges = new(), printed = new(), thin = new(), spans = new(), diamonds = new(), names = new(), gaps = new();
        var verdicts = new SortedDictionary<VerdictKind, StringBuilder>();
        var dots = new List<(double X, double Y)>();
        for (int i = 0; i < run.Count; i++)
        {
            double y = Top + Row * i + Row / 2;
            var (verdict, published) = (run[i].Cell.Verdict, run[i].Cell.Published);
            string second = Second(run[i]);
            names.Append(Word(left - 12, y + (second.Length > 0 ? -1 : 4), First(run[i])));
            if (second.Length > 0) names.Append(Word(left - 12, y + 11, second, "tick"));
            if (published is not null)
            {
                double low = x.At(published.Mean - verdict.Margin), high = x.At(published.Mean + verdict.Margin);
                ranges.Append($"M{N(low)} {N(y - 9)}H{N(high)}v18H{N(low)}z");
                printed.Append($"M{N(x.At(published.Mean))} {N(y - 9)}v18");
                if (published.Std is { } std) thin.Append($"M{N(x.At(published.Mean - std))} {N(y)}H{N(x.At(published.Mean + std))}");
            }
            double[] seeds = [.. run[i].Cell.Seeds.Select(s => x.At(s.Value))];
            if (seeds.Length > 1) spans.Append($"M{N(seeds.Min())} {N(y)}H{N(seeds.Max())}");
            dots.AddRange(seeds.Select(s => (s, y)));
            diamonds.Append($"M{N(x.At(verdict.Ours!.Mean))} {N(y - 6)}l5 6-5 6-5-6z");
            if (!verdicts.TryGetValue(verdict.Kind, out var texts)) verdicts[verdict.Kind] = texts = new StringBuilder();
            texts.Append(Word(right + 14, y + 4, $"{Labels.Sign(verdict.Kind)} {verdict.Kind.Words()}"));
            if (verdict.Gap is { } gap) gaps.Append(Word(canvas.Width - 4, y + 4, Show.SignedPoints(gap)));
        }
        canvas.Path(ranges.ToString(), "range").Path(thin.ToString(), "pub thin").Path(printed.ToString(), "pub").Path(spans.ToString(), "ours thin").Dots(dots, "dots ours").Path(diamonds.ToString(), "diamond");
        foreach (var (kind, texts) in verdicts) canvas.Raw($"<g class=\"v-{Labels.Css(kind)}\">{texts}</g>");
        canvas.Raw($"<g text-anchor=\"end\">{names}{gaps}</g>");
        return canvas.ToSvg(id, title, description);
    }

    private static string First(ReportedCell cell) => $"{cell.Cell.Key.Model}, {cell.Cell.Key.Resolution} px";

    private static string Second(ReportedCell cell) => Labels.Cut(string.Join("; ", ((string[])[cell.Cell.Key.Variant.ToString(), .. cell.Marks.Where(m => m.Kind is MarkKind.Synthetic or MarkKind.FewSeeds).Select(m => m.Kind == MarkKind.Synthetic ? "synthetic" : m.Text)]).Where(t => t.Length > 0)), 60);

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
        return $"{Labels.Cell(cell.Cell.Key)}: ours {Show.Points(verdict.Ours!.Mean)} %{printed}, {verdict.Kind.Words()}.";
    }

    private static string[] Fields(ReportedCell cell)
    {
        var (verdict, published) = (cell.Cell.Verdict, cell.Cell.Published);
        return
        [
            Labels.Cell(cell.Cell.Key), Show.Points(verdict.Ours!.Mean), verdict.Ours.Std is { } std ? Show.Points(std) : "", string.Join(' ', cell.Cell.Seeds.Select(s => Show.Points(s.Value))),
            published is null ? "" : Show.Points(published.Mean), published?.Std is { } theirs ? Show.Points(theirs) : "", published is null ? "" : $"±{Show.Points(verdict.Margin)}",
            verdict.Gap is { } gap ? Show.SignedPoints(gap) : "", verdict.Kind.Words(),
        ];
    }
}
