using MedBench.Claims.Verdicts;

namespace MedBench.Reporting.Figures;

/// <summary>A metric along a setting: mean as a curve, lowest to highest seed as a band. Learning rate, resolution × resizing and amount of data are all drawn so.</summary>
internal static class SweepCurve
{
    private const double Width = 660, Height = 280;

    /// <summary>The curves; null unless one of them has two settings.</summary>
    /// <param name="id">Id of the figure.</param>
    /// <param name="title">Its title.</param>
    /// <param name="setting">Name of the abscissa.</param>
    /// <param name="points">All points.</param>
    /// <param name="logarithmic">Whether the abscissa runs in powers of ten.</param>
    internal static Figure? Draw(string id, string title, string setting, IReadOnlyList<SweepPoint> points, bool logarithmic)
    {
        var curves = points.GroupBy(p => p.Series).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.OrderBy(p => p.X).ToList()).Where(c => c.DistinctBy(p => p.X).Count() > 1).ToList();
        if (curves.Count == 0) return null;
        string metric = Labels.Metric(curves[0][0].Cell.Cell.Key.Metric);
        string description = string.Join(' ', curves.Select(c => $"{c[0].Series}: best at {c.MaxBy(p => p.Mean)!.Label} with {Show.Points(c.Max(p => p.Mean))} %."));
        var all = curves.SelectMany(c => c).ToList();
        var labels = all.DistinctBy(p => p.X).ToDictionary(p => p.X, p => p.Label);
        var chart = new LineChart(Width, Height, (from, to) => logarithmic ? Axis.Logarithmic(labels.Keys, from + 20, to - 20) : Axis.Linear(labels.Keys, from, to), (from, to) => Axis.Linear(all.SelectMany(p => (double[])[p.Low, p.High]), from, to, 0, 1))
        {
            LabelX = tick => labels.GetValueOrDefault(tick) ?? $"{tick:0.###}",
            LabelY = tick => $"{100 * tick:0.#}",
            TitleX = setting,
            TitleY = $"{metric}, %",
        };
        LineSeries[] series = [.. curves.Select((c, i) => new LineSeries(c[0].Series, $"s{i % 8 + 1}{(i >= 8 ? " dashed" : "")}", [.. c.Select(p => (p.X, p.Mean))], [.. c.Select(p => (p.Low, p.High))], Dots: true))];
        var canvas = new SvgCanvas(Width, Height + 4 + LineChart.LegendHeight(series.Select(s => s.Name), Width));
        chart.Draw(canvas, series);
        LineChart.Legend(canvas, [.. series.Select(s => (s.Name, s.Style))], Height + 16);
        return new Figure(
            id, title, "Curve: mean over seeds. Band: lowest to highest seed.", description, canvas.ToSvg(id, title, description),
            new FigureTable(["curve", setting, "mean %", "lowest %", "highest %", "seeds"], [.. curves.SelectMany(c => c).Select(p => new FigureRow(
                [p.Series, p.Label, Show.Points(p.Mean), Show.Points(p.Low), Show.Points(p.High), $"{p.Cell.Cell.Seeds.Count}"], Numbers.Of(p.Cell)))]));
    }
}
