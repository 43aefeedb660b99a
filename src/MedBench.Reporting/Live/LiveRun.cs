using MedBench.Runs.Progress;

namespace MedBench.Reporting.Live;

/// <summary>A run under way.</summary>
/// <param name="Status">What its process wrote last.</param>
/// <param name="SecondsLeft">Of its stage; null where it cannot be told.</param>
/// <param name="SecondsSilent">Since its last heartbeat.</param>
/// <param name="IsStale">Silent for so long that its process is likely dead.</param>
public sealed record LiveRun(RunStatus Status, double? SecondsLeft, double SecondsSilent, bool IsStale);
