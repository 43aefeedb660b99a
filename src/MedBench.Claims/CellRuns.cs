using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;

namespace MedBench.Claims;

/// <summary>Runs that may be averaged: of one cell, and equal in everything but their seeds.</summary>
/// <param name="Key">The cell, for accuracy.</param>
/// <param name="Runs">One a seed, by seed.</param>
/// <param name="Alternative">0 for the runs that count as the cell's; further ones are of another checkpoint, data file or arithmetic, or of seeds that the experiment does not name.</param>
/// <param name="Declared">Where the cell is declared; null if nowhere.</param>
/// <param name="Arithmetic">Of further runs that differ in this alone, float32 of another device: they are judged by the same printed number, and shown apart. Null for others.</param>
public sealed record CellRuns(CellKey Key, IReadOnlyList<StoredRun> Runs, int Alternative, ExperimentCell? Declared, Precision? Arithmetic = null)
{
    /// <summary>Whether these are further runs, of seeds that the experiment does not name: who may choose seeds can choose a result.</summary>
    public bool IsOfOtherSeeds => Declared is { } cell && !Runs.Any(r => cell.Seeds.Contains((int)r.Result.Spec.Seed));
}
