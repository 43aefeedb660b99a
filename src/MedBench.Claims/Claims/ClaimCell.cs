using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;

namespace MedBench.Claims.Claims;

/// <summary>One cell that bears on a claim, with what was measured: a value a seed, or the printed mean of another paper.</summary>
/// <param name="Key">The cell.</param>
/// <param name="Kind">Kind of its model: <c>cnn</c>, <c>vit</c>, <c>transformer</c> (one that is no plain ViT) or <c>automl</c>.</param>
/// <param name="Runs">Empty if it has not been run.</param>
/// <param name="Declared">Where it is declared; null for a published number that no experiment declares.</param>
public sealed record ClaimCell(CellKey Key, string Kind, IReadOnlyList<SeedValue> Runs, ExperimentCell? Declared = null)
{
    /// <summary>Its dataset; one of the reader's own is declared.</summary>
    /// <exception cref="MedBenchException">There is none of that name.</exception>
    public DatasetCard Dataset => Declared?.Run.Dataset ?? DatasetCatalog.Get(Key.Dataset);
}
