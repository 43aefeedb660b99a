using MedBench.Core.Text;
using MedBench.Reporting.Model;
using Column = MedBench.Reporting.Formats.Column<MedBench.Reporting.Model.ReportedCell>;

namespace MedBench.Reporting.Formats;

/// <summary>The table of cells: a row for each judged number. Metrics are fractions, unrounded.</summary>
internal static class CellColumns
{
    internal static IReadOnlyList<Column<ReportedCell>> All { get; } =
    [
        Column.Text("paper", c => c.Cell.Key.Paper),
        Column.Text("dataset", c => c.Cell.Key.Dataset),
        Column.Text("method", c => c.Cell.Key.Method),
        Column.Text("model", c => c.Cell.Key.Model),
        Column.Whole("resolution", c => c.Cell.Key.Resolution),
        Column.Text("variant", c => c.Cell.Key.Variant.ToString()),
        Column.Text("metric", c => c.Cell.Key.Metric.Name()),
        Column.Text("verdict", c => c.Cell.Verdict.Kind.Words()),
        Column.Whole("seeds", c => c.Cell.Seeds.Count),
        Column.Number("mean", c => c.Cell.Verdict.Ours?.Mean),
        Column.Number("std", c => c.Cell.Verdict.Ours?.Std),
        Column.Number("published", c => c.Cell.Published?.Mean),
        Column.Number("published_std", c => c.Cell.Published?.Std),
        Column.Whole("published_runs", c => c.Cell.Published?.Runs),
        Column.Text("published_source", c => c.Cell.Published?.Source),
        Column.Number("gap", c => c.Cell.Verdict.Gap),
        Column.Number("gap_low", c => c.Cell.Verdict.GapInterval?.Low),
        Column.Number("gap_high", c => c.Cell.Verdict.GapInterval?.High),
        Column.Number("gap_in_std", c => c.Cell.Verdict.GapInStd),
        Column.Number("margin", c => c.Cell.Verdict.Margin),
        Column.Number("minimum_detectable_margin", c => c.Cell.Verdict.MinimumDetectableMargin),
        Column.Number("equivalence_p", c => c.Cell.Verdict.EquivalenceP),
        Column.Number("deviation_p", c => c.Cell.Verdict.DeviationP),
        Column.Whole("seeds_needed", c => c.Cell.Verdict.SeedsNeeded),
        Column.Number("patients_low", c => c.Scores?.Patients(c.Cell.Key.Metric)?.Low),
        Column.Number("patients_high", c => c.Scores?.Patients(c.Cell.Key.Metric)?.High),
        Column.Whole("twins_audit_size", c => c.Scores?.TwinFree?.Audit),
        Column.Whole("twins_images_without", c => c.Scores?.TwinFree?.Without.Images),
        Column.Whole("twins_images_with", c => c.Scores?.TwinFree?.With.Images),
        Column.Number("twins_mean_without", c => c.Twins?.Without),
        Column.Number("twins_mean_with", c => c.Twins?.With),
        Column.Number("twins_difference", c => c.Twins?.Difference?.Value),
        Column.Number("twins_difference_low", c => c.Twins?.Difference?.Interval.Low),
        Column.Number("twins_difference_high", c => c.Twins?.Difference?.Interval.High),
        Column.Text("twins_label_conflicts", c => c.Scores?.TwinFree?.Conflicts),
        Column.Text("reason", c => c.Cell.Verdict.Reason),
        Column.Text("marks", c => string.Join("; ", c.Marks.Select(m => m.Text))),
        Column.Text("runs", c => string.Join(' ', c.Cell.Seeds.Select(s => s.RunId))),
        Column.Whole("rules", c => c.Cell.Verdict.Rules),
        Column.Text("rules_sha256", c => c.Cell.Verdict.RulesHash),
    ];
}
