using MedBench.Runs.Experiments;

namespace MedBench.Runs.Planning;

/// <summary>Work that one job does as a whole: the cells that share features, one cell, or one seed of a cell.</summary>
/// <param name="Order">Place in the experiments.</param>
/// <param name="Cells">With the seeds to run.</param>
/// <param name="Seconds">Estimate.</param>
internal sealed record WorkBlock(int Order, IReadOnlyList<ExperimentCell> Cells, double Seconds)
{
    /// <summary>Whether it can be cut by seed: one cell, nothing shared, seeds left to part.</summary>
    public bool CanSplit => Cells is [{ Seeds.Count: > 1 } cell] && RunWork.Of(cell.Run).Features == 0;
}
