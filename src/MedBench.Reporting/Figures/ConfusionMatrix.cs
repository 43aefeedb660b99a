using System.Globalization;
using MedBench.Data.Datasets;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Training.Metrics;

namespace MedBench.Reporting.Figures;

/// <summary>True against predicted class, summed over seeds, shaded by share of the true class.</summary>
internal static class ConfusionMatrix
{
    private const double Cell = 50, LetterWidth = 6.2;

    private const int LabelLength = 28;

    /// <summary>The matrix; null for a multi-label dataset, or where neither predictions nor a record of it are at hand.</summary>
    internal static Figure? Draw(string id, string what, DatasetCard card, IReadOnlyList<ReportedRun> runs, IReadOnlyList<ScoredRun> scored)
    {
        if (card.Task == DatasetTask.MultiLabel) return null;
        var matrices = scored.Count > 0
            ? scored.Select(s => (s.Run.Id, Counts: Evaluator.Detail(s.Split).Confusion!)).ToList()
            : [.. from run in runs where run.Result.Test(TestedWeights.Selected)?.Confusion is not null select (run.Id, run.Result.Test(TestedWeights.Selected)!.Confusion!)];
        if (matrices.Count == 0) return null;
        int n = card.Labels.Count;
        int[][] sum = [.. Enumerable.Range(0, n).Select(t => Enumerable.Range(0, n).Select(p => matrices.Sum(m => m.Counts[t][p])).ToArray())];
        string title = $"Confusion matrix: {what}", description = Describe(sum, card);
        double longest = card.Labels.Max(l => Math.Min(l.Length, LabelLength)) * LetterWidth, left = longest + 16, top = 0.72 * longest + 26;
        var canvas = new SvgCanvas(left + Cell * n + 0.72 * longest, top + Cell * n + 6);
        for (int c = 0; c < n; c++)
        {
            string name = Labels.Cut(card.Labels[c], LabelLength);
            canvas.Text(left + Cell * c + Cell / 2 + 4, top - 10, name, "tick", rotate: -45).Text(left - 8, top + Cell * c + Cell / 2 + 4, name, "tick", "end");
        }
        for (int t = 0; t < n; t++)
            for (int p = 0; p < n; p++)
            {
                double share = sum[t].Sum() == 0 ? 0 : (double)sum[t][p] / sum[t].Sum();
                int step = (int)Math.Round(4 * share, MidpointRounding.AwayFromZero);
                string css = step == 0 ? "h0" : t == p ? $"hp{step}" : $"hm{step}";
                canvas.Rect(left + Cell * p, top + Cell * t, Cell - 2, Cell - 2, css)
                    .Text(left + Cell * p + Cell / 2 - 1, top + Cell * t + Cell / 2, $"{sum[t][p]}", css.EndsWith('4') ? "cell full" : "cell", "middle")
                    .Text(left + Cell * p + Cell / 2 - 1, top + Cell * t + Cell / 2 + 14, (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %", css.EndsWith('4') ? "cell small full" : "cell small", "middle");
            }
        string[] ids = [.. matrices.Select(m => m.Id)];
        return new Figure(
            id, title, $"Rows: true class. Columns: predicted class. Images of the test split, {(matrices.Count == 1 ? "one run" : $"summed over {matrices.Count} seeds")}; below each count its share of the true class.",
            description, canvas.ToSvg(id, title, description),
            new FigureTable(["true class", "predicted class", "images"], [.. from t in Enumerable.Range(0, n)
                                                                            from p in Enumerable.Range(0, n)
                                                                            select new FigureRow([card.Labels[t], card.Labels[p], $"{sum[t][p]}"], [new(sum[t][p], NumberOrigin.Predictions, $"confusion/{t}/{p}", ids)])]));
    }

    private static string Describe(int[][] sum, DatasetCard card) => string.Join(' ', sum.Select((row, t) => row.Sum() == 0
        ? $"{card.Labels[t]}: no image."
        : $"{card.Labels[t]}: {row[t]} of {row.Sum()} found ({100.0 * row[t] / row.Sum():0} %)."));
}
