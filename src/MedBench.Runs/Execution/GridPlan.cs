using MedBench.Runs.Experiments;
using MedBench.Runs.Store;

namespace MedBench.Runs.Execution;

/// <summary>What of a grid is left to run here, and what it would cost.</summary>
/// <param name="Steps">One for each cell, in order.</param>
/// <param name="Basis">What the estimates rest on, in words.</param>
public sealed record GridPlan(IReadOnlyList<GridStep> Steps, string Basis)
{
    /// <summary>Cells without a run missing.</summary>
    public int Done => Steps.Count(s => s.IsDone);

    /// <summary>Cells that cannot be run here.</summary>
    public int Barred => Steps.Count(s => s.Obstacle is not null);

    /// <summary>Estimated seconds of all that can be run.</summary>
    public double Seconds => Steps.Where(s => s.Obstacle is null).Sum(s => s.Seconds);
}

/// <summary>One cell of a <see cref="GridPlan"/>.</summary>
/// <param name="Number">Place in the plan, from 1.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Missing">Seeds to run.</param>
/// <param name="Seconds">Estimate for them.</param>
/// <param name="Obstacle">Why they are not run; null if they are.</param>
/// <param name="Stored">The runs that are there: of a cell that is done, neither data nor checkpoint are asked for.</param>
public sealed record GridStep(int Number, ExperimentCell Cell, IReadOnlyList<int> Missing, double Seconds, CellObstacle? Obstacle, IReadOnlyList<RunResult> Stored)
{
    /// <summary>Whether every seed has been run.</summary>
    public bool IsDone => Missing.Count == 0;
}

/// <summary>What became of a <see cref="GridStep"/>.</summary>
/// <param name="Step">The step.</param>
/// <param name="End">How it ended.</param>
/// <param name="Results">Its runs by seed, those that were there included; none unless it is done.</param>
/// <param name="Error">What went wrong; null unless it failed.</param>
public sealed record GridOutcome(GridStep Step, GridEnd End, IReadOnlyList<RunResult> Results, Exception? Error = null);

/// <summary>How a <see cref="GridStep"/> can end.</summary>
public enum GridEnd
{
    /// <summary>Something stands in the way.</summary>
    NotRun,

    /// <summary>Another process computes some of its runs; it comes again.</summary>
    Later,

    /// <summary>All its runs are there.</summary>
    Done,

    /// <summary>With an error.</summary>
    Failed,
}
