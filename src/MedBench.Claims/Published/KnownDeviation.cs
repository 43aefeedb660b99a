using MedBench.Runs.Cells;

namespace MedBench.Claims.Published;

/// <summary>A deviation that is understood. If the cell is reproduced after all, that is a failure: no stale excuse lives on.</summary>
/// <param name="Key">The cell.</param>
/// <param name="Reason">Why it deviates.</param>
/// <param name="Link">Where it is discussed.</param>
/// <param name="Since">Day it was entered.</param>
public sealed record KnownDeviation(CellKey Key, string Reason, string Link, DateOnly Since);
