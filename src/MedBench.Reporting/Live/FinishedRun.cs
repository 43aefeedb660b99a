using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Live;

/// <summary>A run that is in the store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Dataset">For example <c>breastmnist</c>.</param>
/// <param name="Size">Pixels of the data file.</param>
/// <param name="Model">Full name with its tag.</param>
/// <param name="Method">For example <c>linear-probing</c>.</param>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Acc">Test ACC, a fraction.</param>
/// <param name="Auc">Test AUC, a fraction; null where there is none.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="FinishedUtc">When it ended.</param>
public sealed record FinishedRun(string Id, string Dataset, int Size, string Model, string Method, string Recipe, long Seed, double? Acc, double? Auc, double Seconds, DateTimeOffset FinishedUtc)
{
    /// <summary>From a record.</summary>
    public static FinishedRun Of(RunResult result) => new(
        result.Id, result.Spec.Dataset, result.Spec.Size, result.Spec.Model, result.Spec.Method.ToString(), result.Spec.Recipe, result.Spec.Seed,
        result.Test(Metric.Acc), result.Test(Metric.Auc), result.Seconds.GetValueOrDefault("total"), result.FinishedUtc);
}
