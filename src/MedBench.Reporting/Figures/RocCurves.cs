using MedBench.Claims.Verdicts;
using MedBench.Runs.Cells;

namespace MedBench.Reporting.Figures;

/// <summary>ROC curves: a curve a seed for two classes, a curve a class (first seed) for more.</summary>
internal static class RocCurves
{
    // A curve of a large split has as many corners as images; no eye sees more than these.
    private const int MostPoints = 200;
    private const double LegendLeft = 20;

    /// <summary>The curves; null without predictions, or for votes, which have no AUC.</summary>
    internal static Figure? Draw(string id, string what, IReadOnlyList<ScoredRun> scored)
    {
        ScoredRun[] ranked = [.. scored.Where(s => s.Run.Result.Test(Metric.Auc) is not null).OrderBy(s => s.Run.Result.Spec.Seed)];
        if (ranked.Length == 0) return null;
        var curves = ranked[0].Split.Questions == 1
            ? ranked.Select(s => (Name: $"seed {s.Run.Result.Spec.Seed}", Run: s, Question: 0)).ToList()
            : [.. Enumerable.Range(0, ranked[0].Split.Questions).Select(q => (ranked[0].Question(q), ranked[0], q))];
        var drawn = curves.Select(c => (c.Name, c.Run, c.Question, Points: Curve(c.Run.Answers(c.Question)), Auc: c.Run.Split.Auc(c.Question))).Where(c => c.Auc is not null).ToList();
        if (drawn.Count == 0) return null;
        string title = $"ROC: {what}";
        string description = string.Join(' ', drawn.Select(c => $"{c.Name}: AUC {Show.Points(c.Auc!.Value)} %."));
        var chart = new LineChart(440, 370, (from, to) => Axis.Linear([0, 1], from, to), (from, to) => Axis.Linear([0, 1], from, to))
        {
            LabelX = tick => $"{100 * tick:0}",
            LabelY = tick => $"{100 * tick:0}",
            TitleX = "false positives, % of the negatives",
            TitleY = "found, % of the positives",
        };
        LineSeries[] series = [.. drawn.Select((c, i) => new LineSeries(Labels.Cut($"{c.Name} ({Show.Points(c.Auc!.Value)})", 34), $"s{i % 8 + 1}{(i >= 8 ? " dashed" : "")}", c.Points))];
        var canvas = new SvgCanvas(440, 376 + LineChart.LegendHeight(series.Select(s => s.Name), 440, LegendLeft));
        chart.Draw(canvas, series, below: c => c.Line(chart.X.At(0), chart.Y.At(0), chart.X.At(1), chart.Y.At(1), "join"));
        LineChart.Legend(canvas, [.. series.Select(s => (s.Name, s.Style))], 388, LegendLeft);
        return new Figure(
            id, title,
            ranked[0].Split.Questions == 1 ? $"Test split, “{ranked[0].Question(0)}” is positive; in brackets the AUC in percent." : $"Test split, each class against the rest, seed {ranked[0].Run.Result.Spec.Seed}; in brackets the AUC in percent.",
            description, canvas.ToSvg(id, title, description),
            new FigureTable(["curve", "AUC %", "images", "positive"], [.. drawn.Select(c => new FigureRow(
                [c.Name, Show.Points(c.Auc!.Value), $"{c.Run.Predictions.Count}", $"{c.Run.Answers(c.Question).Count(a => a.Truth)}"],
                [new(c.Auc.Value, NumberOrigin.Predictions, $"auc/{c.Question}", [c.Run.Run.Id])]))]));
    }

    // From the strictest threshold to the loosest; equal scores are one step, drawn as a slope.
    private static List<(double, double)> Curve((double Score, bool Truth)[] answers)
    {
        double positives = answers.Count(a => a.Truth), negatives = answers.Length - positives;
        var points = new List<(double X, double Y)> { (0, 0) };
        double hits = 0, alarms = 0;
        foreach (var step in answers.GroupBy(a => a.Score).OrderByDescending(g => g.Key))
        {
            hits += step.Count(a => a.Truth);
            alarms += step.Count(a => !a.Truth);
            points.Add((alarms / negatives, hits / positives));
        }
        if (points.Count <= MostPoints) return points;
        double every = (points.Count - 1) / (double)(MostPoints - 1);
        return [.. Enumerable.Range(0, MostPoints).Select(i => points[(int)Math.Round(i * every)])];
    }
}
