using MedBench.Claims.Verdicts;
using MedBench.Training.Metrics;

namespace MedBench.Reporting.Figures;

/// <summary>Confidence against share right, in the bins of the expected calibration error, over all seeds.</summary>
internal static class ReliabilityDiagram
{
    private const int Bins = CalibrationError.Bins;

    /// <summary>The diagram; null without probabilities.</summary>
    internal static Figure? Draw(string id, string what, IReadOnlyList<ScoredRun> scored)
    {
        ScoredRun[] calibrated = [.. scored.Where(s => s.Run.Result.Metrics["test"].CalibrationError is not null)];
        if (calibrated.Length == 0) return null;
        var bins = calibrated.SelectMany(s => s.Split.Decisions()).GroupBy(d => Math.Min((int)(d.Confidence * Bins), Bins - 1)).OrderBy(g => g.Key)
            .Select(g => (Bin: g.Key, Count: g.Count(), Confidence: g.Average(d => d.Confidence), Right: g.Average(d => d.Right ? 1.0 : 0))).ToList();
        double total = bins.Sum(b => b.Count), error = bins.Sum(b => b.Count / total * Math.Abs(b.Right - b.Confidence));
        string title = $"Reliability: {what}";
        string description = $"Over {bins.Sum(b => b.Count)} decisions the expected calibration error is {Show.Points(error)} points; mean confidence {Show.Points(bins.Sum(b => b.Count * b.Confidence) / total)} %, right {Show.Points(bins.Sum(b => b.Count * b.Right) / total)} %.";
        var canvas = new SvgCanvas(440, 380);
        var chart = new LineChart(440, 370, (from, to) => Axis.Linear([0, 1], from, to), (from, to) => Axis.Linear([0, 1], from, to))
        {
            LabelX = tick => $"{100 * tick:0}",
            LabelY = tick => $"{100 * tick:0}",
            TitleX = "confidence, %",
            TitleY = "right, %",
        };
        chart.Draw(canvas, [new LineSeries("", "s1", [.. bins.Select(b => (b.Confidence, b.Right))], Dots: true)], below: c =>
        {
            // Bars from the axis: how many decisions lie in each bin.
            foreach (var b in bins)
            {
                double left = chart.X.At((double)b.Bin / Bins), width = chart.X.At((b.Bin + 1.0) / Bins) - left, height = 0.25 * (chart.Y.At(0) - chart.Y.At(1)) * b.Count / bins.Max(o => o.Count);
                c.Rect(left + 1, chart.Y.At(0) - height, width - 2, height, "range");
            }
            c.Line(chart.X.At(0), chart.Y.At(0), chart.X.At(1), chart.Y.At(1), "join");
        });
        string[] ids = [.. calibrated.Select(s => s.Run.Id)];
        return new Figure(
            id, title, $"{Bins} bins of equal width; a calibrated model lies on the diagonal. Bars: decisions in each bin, on a scale of their own. All seeds together; expected calibration error {Show.Points(error)} points.",
            description, canvas.ToSvg(id, title, description),
            new FigureTable(["confidence from %", "decisions", "mean confidence %", "right %"], [.. bins.Select(b => new FigureRow(
                [Show.Number(100.0 * b.Bin / Bins, 1), $"{b.Count}", Show.Points(b.Confidence), Show.Points(b.Right)], [new(b.Right, NumberOrigin.Predictions, $"reliability/{b.Bin}", ids)]))]));
    }
}
