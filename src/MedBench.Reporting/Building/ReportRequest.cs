using MedBench.Runs.Store;

namespace MedBench.Reporting.Building;

/// <summary>What a report is to be about.</summary>
/// <param name="Sources">Where runs are; of a run in several, the first counts.</param>
/// <param name="Papers">Short names; empty for every paper with a run.</param>
/// <param name="Title">Title; null for one made of the papers.</param>
public sealed record ReportRequest(IReadOnlyList<IRunSource> Sources, IReadOnlyList<string> Papers, string? Title = null);
