using MedBench.Runs.Progress;

namespace MedBench.Reporting.Live;

/// <summary>A grid under way.</summary>
/// <param name="Status">What its process wrote last.</param>
/// <param name="SecondsLeft">Until it is done, by its pace so far.</param>
/// <param name="SecondsSilent">Since its last heartbeat.</param>
/// <param name="IsStale">Silent for so long that its process is likely dead.</param>
public sealed record LiveGrid(GridStatus Status, double SecondsLeft, double SecondsSilent, bool IsStale);
