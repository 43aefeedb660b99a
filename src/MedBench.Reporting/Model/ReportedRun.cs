using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Reporting.Model;

/// <summary>One run: its record, where that is, and how to make it again.</summary>
/// <param name="Stored">Record and files.</param>
/// <param name="Paper">Whose numbers it is compared with.</param>
/// <param name="Configuration">What was run; null where this version cannot run it.</param>
/// <param name="Command">The command that makes the run again; null where there is none.</param>
/// <param name="Marks">What must stand beside it.</param>
public sealed record ReportedRun(StoredRun Stored, string Paper, RunConfiguration? Configuration, string? Command, IReadOnlyList<Mark> Marks)
{
    /// <summary>The record: spec, metrics, environment.</summary>
    public RunResult Result => Stored.Result;

    /// <summary>Path of the record's JSON file.</summary>
    public string RecordPath => Stored.RecordPath;

    /// <summary>Path of <c>predictions.npz</c>; null where only the record was kept.</summary>
    public string? PredictionsPath => Stored.PredictionsPath;

    /// <summary><see cref="RunResult.Id"/>.</summary>
    public string Id => Result.Id;
}
