using MedBench.Runs.Store;

namespace MedBench.Reporting.Model;

/// <summary>One run: its record, where that is, and how to make it again.</summary>
/// <param name="Result">The record: spec, metrics, environment.</param>
/// <param name="RecordPath">Path of its JSON file.</param>
/// <param name="PredictionsPath">Path of <c>predictions.npz</c>; null where only the record was kept.</param>
/// <param name="Command">The command that makes the run again; null where its protocol is not one of ours.</param>
/// <param name="Marks">What must stand beside it.</param>
public sealed record ReportedRun(RunResult Result, string RecordPath, string? PredictionsPath, string? Command, IReadOnlyList<Mark> Marks)
{
    /// <summary><see cref="RunResult.Id"/>.</summary>
    public string Id => Result.Id;
}
