using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;

namespace MedBench.Claims.Claims;

/// <summary>A cell that is declared, published, or both.</summary>
/// <param name="Key">The cell.</param>
/// <param name="Declared">Where it is declared; null for a published number that no experiment declares.</param>
public sealed record KnownCell(CellKey Key, ExperimentCell? Declared);
