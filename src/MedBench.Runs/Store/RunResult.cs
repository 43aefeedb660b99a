namespace MedBench.Runs.Store;

/// <summary>What a run found, as <c>result.json</c> holds it.</summary>
/// <param name="Schema">Version of this form: <see cref="CurrentSchema"/>.</param>
/// <param name="Id"><see cref="RunSpec.Id"/> of <paramref name="Spec"/>.</param>
/// <param name="Spec">What was run.</param>
/// <param name="Metrics">Final metrics by split: <c>test</c> with the selected weights, <c>test-last</c> with the last epoch's.</param>
/// <param name="Evaluations">Metrics during training, in order; empty for k-NN.</param>
/// <param name="Environment">Machine and software.</param>
/// <param name="Seconds">Wall time by phase, for example <c>train</c>.</param>
/// <param name="PeakMemoryBytes">Largest resident memory of the process.</param>
/// <param name="FinishedUtc">When it ended.</param>
/// <param name="Notes">Warnings and choices that a reader must know.</param>
public sealed record RunResult(
    int Schema,
    string Id,
    RunSpec Spec,
    IReadOnlyDictionary<string, SplitResult> Metrics,
    IReadOnlyList<Evaluation> Evaluations,
    RunEnvironment Environment,
    IReadOnlyDictionary<string, double> Seconds,
    long PeakMemoryBytes,
    DateTimeOffset FinishedUtc,
    IReadOnlyList<string> Notes)
{
    /// <summary>The version written by this code.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Name in <see cref="Metrics"/> of the test metrics with the selected weights.</summary>
    public const string Selected = "test";

    /// <summary>Name in <see cref="Metrics"/> of the test metrics with the last epoch's weights.</summary>
    public const string LastEpoch = "test-last";

    /// <summary>The metric <c>acc</c> or <c>auc</c> on the test split; null where there is none.</summary>
    /// <param name="metric">Which metric.</param>
    /// <param name="weights"><see cref="Selected"/> or <see cref="LastEpoch"/>.</param>
    public double? Test(string metric, string weights = Selected) => Metrics.TryGetValue(weights, out var test) ? metric == "auc" ? test.Auc : test.Acc : null;
}
