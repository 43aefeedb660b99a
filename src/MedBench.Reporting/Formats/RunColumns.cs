using MedBench.Core.Text;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using Column = MedBench.Reporting.Formats.Column<MedBench.Reporting.Model.ReportedRun>;

namespace MedBench.Reporting.Formats;

/// <summary>The table of runs: a row for each. Metrics are fractions, unrounded.</summary>
internal static class RunColumns
{
    internal static IReadOnlyList<Column<ReportedRun>> All { get; } =
    [
        Column.Text("run", r => r.Id),
        Column.Text("recipe", r => r.Result.Spec.Recipe),
        Column.Text("dataset", r => r.Result.Spec.Dataset),
        Column.Text("dataset_md5", r => r.Result.Spec.DatasetMd5),
        Column.Whole("size", r => r.Result.Spec.Size),
        Column.Whole("input_size", r => r.Result.Spec.InputSize),
        Column.Text("resize", r => r.Result.Spec.Resize),
        Column.Text("subset", r => r.Result.Spec.Subset.ToString()),
        Column.Text("model", r => r.Result.Spec.Model),
        Column.Text("weights", r => r.Result.Spec.Weights.ToString()),
        Column.Text("method", r => r.Result.Spec.Method.ToString()),
        Column.Text("recipe_hash", r => r.Result.Spec.RecipeHash),
        Column.Whole("seed", r => r.Result.Spec.Seed),
        Column.Text("precision", r => r.Result.Spec.Precision.Name()),
        Column.Whole("protocol", r => r.Result.Spec.Protocol),
        Column.Number("test_acc", r => r.Result.Test(Metric.Acc)),
        Column.Number("test_auc", r => r.Result.Test(Metric.Auc)),
        Column.Number("test_balanced_accuracy", r => Selected(r)?.BalancedAccuracy),
        Column.Number("test_calibration_error", r => Selected(r)?.CalibrationError),
        Column.Number("test_acc_last_epoch", r => r.Result.Test(Metric.Acc, TestedWeights.LastEpoch)),
        Column.Number("test_auc_last_epoch", r => r.Result.Test(Metric.Auc, TestedWeights.LastEpoch)),
        Column.Number("seconds", r => r.Result.Seconds.TryGetValue("total", out double total) ? total : null),
        Column.Whole("peak_memory_bytes", r => r.Result.PeakMemoryBytes),
        Column.Time("finished", r => r.Result.FinishedUtc),
        Column.Text("device", r => r.Result.Environment.Device),
        Column.Text("gpu", r => r.Result.Environment.Gpu ?? ""),
        Column.Text("cpu", r => r.Result.Environment.Cpu),
        Column.Whole("threads", r => r.Result.Environment.Threads),
        Column.Text("os", r => r.Result.Environment.Os),
        Column.Text("runtime", r => r.Result.Environment.Runtime),
        Column.Text("libtorch", r => r.Result.Environment.Libtorch),
        Column.Text("version", r => r.Result.Environment.Version),
        Column.Text("command", r => r.Command),
        Column.Text("marks", r => string.Join("; ", r.Marks.Select(m => m.Text))),
    ];

    private static SplitResult? Selected(ReportedRun run) => run.Result.Test(TestedWeights.Selected);
}
