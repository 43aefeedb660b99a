namespace MedBench.Runs.Store;

/// <summary>All that a run leaves in the store.</summary>
/// <param name="Result">Metrics and circumstances.</param>
/// <param name="Predictions">Scores of each evaluated split; their metrics are in <paramref name="Result"/>.</param>
/// <param name="Log">Text of <c>train.log</c>.</param>
/// <param name="Weights">File of the tested weights, which moves into the store; null to keep none.</param>
public sealed record RunOutput(RunResult Result, IReadOnlyList<Predictions> Predictions, string Log, string? Weights = null);
