using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Figures;

/// <summary>Validation loss and metrics by epoch, a curve a seed.</summary>
internal static class TrainingCurves
{
    private const double Panel = 390, Height = 230;

    /// <summary>The curves of runs that differ only in their seed; null if none was evaluated twice.</summary>
    internal static Figure? Draw(string id, string what, IReadOnlyList<ReportedRun> runs)
    {
        ReportedRun[] trained = [.. runs.Where(r => r.Result.Evaluations.Count > 1).OrderBy(r => r.Result.Spec.Seed)];
        if (trained.Length == 0) return null;
        string title = $"Training: {what}";
        int epochs = trained.Max(r => r.Result.Evaluations[^1].Epoch);
        string description = $"{Show.Count(trained.Length, "seed")}, {epochs} epochs. " + string.Join(' ', trained.Select(r => $"Seed {r.Result.Spec.Seed} ends at validation ACC {Show.Points(r.Result.Evaluations[^1].Acc)} %."));
        (string Name, string Style)[] legend = [.. trained.Select((r, i) => ($"seed {r.Result.Spec.Seed}", Style(i)))];
        var canvas = new SvgCanvas(2 * Panel, Height + 8 + LineChart.LegendHeight(legend.Select(l => l.Name), 2 * Panel));
        DrawPanel(canvas, trained, epochs, 0, "validation loss, logarithmic", e => e.Loss, percent: false);
        DrawPanel(canvas, trained, epochs, Panel, "validation, %", e => e.Acc, percent: true, e => e.Auc);
        LineChart.Legend(canvas, legend, Height + 18);
        return new Figure(id, title, "Each evaluation on the validation split during training, a colour a seed. Left: loss. Right: ACC solid, AUC dashed.", description, canvas.ToSvg(id, title, description), Table(trained));
    }

    private static void DrawPanel(SvgCanvas canvas, ReportedRun[] runs, int epochs, double offset, string y, Func<Evaluation, double?> value, bool percent, Func<Evaluation, double?>? second = null)
    {
        LineSeries[] series = [.. runs.SelectMany((r, i) => Curves(r, Style(i), value, second))];
        if (series.All(s => s.Points.Count == 0)) return;
        var all = series.SelectMany(s => s.Points.Select(p => p.Y));
        var chart = new LineChart(Panel, Height, (from, to) => Axis.Linear([0, epochs], from, to), (from, to) => percent ? Axis.Linear(all, from, to, 0, 1) : Axis.Decades(all, from, to))
        {
            LabelX = tick => $"{tick:0}",
            LabelY = tick => percent ? $"{100 * tick:0}" : $"{tick:0.#####}",
            TitleX = "epoch",
            TitleY = y,
        };
        chart.Draw(canvas, series, offset);
    }

    private static IEnumerable<LineSeries> Curves(ReportedRun run, string style, Func<Evaluation, double?> value, Func<Evaluation, double?>? second)
    {
        yield return new LineSeries("", style, Points(run, value));
        if (second is not null) yield return new LineSeries("", $"{style} dashed", Points(run, second));
    }

    private static (double, double)[] Points(ReportedRun run, Func<Evaluation, double?> value) =>
        [.. run.Result.Evaluations.Where(e => value(e) is not null).Select(e => ((double)e.Epoch, value(e)!.Value))];

    private static string Style(int seed) => $"s{seed % 8 + 1}";

    private static FigureTable Table(ReportedRun[] runs) => new(
        ["seed", "epoch", "split", "loss", "ACC %", "AUC %"],
        [.. from run in runs
            from e in run.Result.Evaluations
            select new FigureRow(
                [$"{run.Result.Spec.Seed}", $"{e.Epoch}", e.Split, e.Loss is { } loss ? Show.Number(loss, 4) : "", Show.Points(e.Acc), e.Auc is { } auc ? Show.Points(auc) : ""],
                [new(e.Acc, NumberOrigin.Evaluation, $"{e.Split}/acc@{e.Epoch}", [run.Id]), .. Optional(e.Auc, $"{e.Split}/auc@{e.Epoch}", run), .. Optional(e.Loss, $"{e.Split}/loss@{e.Epoch}", run)])]);

    private static IEnumerable<SourcedNumber> Optional(double? value, string of, ReportedRun run) =>
        value is { } number ? [new SourcedNumber(number, NumberOrigin.Evaluation, of, [run.Id])] : [];
}
