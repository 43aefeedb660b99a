using MedBench.Claims.Verdicts;

namespace MedBench.Reporting.Figures;

/// <summary>How the verdicts would move with the margin.</summary>
internal static class MarginCurve
{
    /// <summary>The curve; null without a cell that has a margin.</summary>
    internal static Figure? Draw(IReadOnlyList<MarginSensitivity> margins, VerdictRules rules)
    {
        var points = margins.Where(m => m.Share is not null).ToList();
        if (points.Count < 2) return null;
        const string Id = "margin-sensitivity", Title = "Verdicts against the margin";
        int cells = points[0].Reproduced + points[0].Deviates + points[0].Inconclusive;
        string description = $"Of {cells} cells, {points[0].Reproduced} are reproduced at a margin of {Show.Points(points[0].Margin)} points and {points[^1].Reproduced} at {Show.Points(points[^1].Margin)} points.";
        var canvas = new SvgCanvas(660, 300);
        var chart = new LineChart(660, 270, (from, to) => Axis.Linear(points.Select(p => p.Margin).Append(0), from, to), (from, to) => Axis.Linear([0, 1], from, to))
        {
            LabelX = tick => $"±{100 * tick:0.##}",
            LabelY = tick => $"{100 * tick:0}",
            TitleX = "margin, points",
            TitleY = "share of cells, %",
        };
        LineSeries Series(string name, string css, Func<MarginSensitivity, int> count) => new(name, css, [.. points.Select(p => (p.Margin, (double)count(p) / cells))], Dots: true);
        LineSeries[] series = [Series("reproduced", "v-reproduced", p => p.Reproduced), Series("inconclusive", "v-inconclusive", p => p.Inconclusive), Series("deviates", "v-deviates", p => p.Deviates)];
        chart.Draw(canvas, series, below: c =>
        {
            foreach (var (metric, rule) in rules.Margins.OrderBy(m => m.Key))
                c.Line(chart.X.At(rule.Value), chart.Y.At(0), chart.X.At(rule.Value), chart.Y.At(1), "pub thin").Text(chart.X.At(rule.Value) + 4, chart.Y.At(1) + 10, $"{Labels.Metric(metric)} rule", "tick");
        });
        LineChart.Legend(canvas, [.. series.Select(s => (s.Name, s.Style))], 290);
        return new Figure(
            Id, Title, $"Every cell with a margin judged again at one margin for all metrics; known deviations are not inverted, k-NN is left out. Vertical lines: the rules' own margins (version {rules.Version}), fixed before the runs.",
            description, canvas.ToSvg(Id, Title, description),
            new FigureTable(["margin, points", "reproduced", "deviates", "inconclusive"], [.. points.Select(p => new FigureRow(
                [Show.Points(p.Margin), $"{p.Reproduced}", $"{p.Deviates}", $"{p.Inconclusive}"],
                [new(p.Reproduced, NumberOrigin.Verdicts, FormattableString.Invariant($"margin/{p.Margin}/reproduced"), []), new(p.Deviates, NumberOrigin.Verdicts, FormattableString.Invariant($"margin/{p.Margin}/deviates"), []), new(p.Inconclusive, NumberOrigin.Verdicts, FormattableString.Invariant($"margin/{p.Margin}/inconclusive"), [])]))]));
    }
}
