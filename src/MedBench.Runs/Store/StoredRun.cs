namespace MedBench.Runs.Store;

/// <summary>A finished run and its files.</summary>
/// <param name="Result">The record.</param>
/// <param name="RecordPath">Path of the record.</param>
/// <param name="PredictionsPath">Path of <c>predictions.npz</c>; null where only the record was kept.</param>
public sealed record StoredRun(RunResult Result, string RecordPath, string? PredictionsPath);
