using System.Runtime.InteropServices;
using MedBench.Core.Errors;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Training.Features;
using MedBench.Training.Runs;
using static TorchSharp.torch;

namespace MedBench.Runs.Execution;

/// <summary>Cells as work: first a plan of what is missing and can be run here, then the runs. The command line, a shard of a plan and the claim tests go this way.</summary>
public static class Grid
{
    /// <summary>Looks at each cell in order: what is missing, what stands in the way, whether it fits the budget.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="runs">Finished runs.</param>
    /// <param name="cost">Estimates.</param>
    /// <param name="budget">Most seconds to spend by the estimate; a cell that does not fit is passed over and later ones are tried.</param>
    public static GridPlan Plan(IEnumerable<ExperimentCell> cells, ResultsIndex runs, CostModel cost, double budget = double.PositiveInfinity)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        var steps = new List<GridStep>();
        foreach (var cell in cells)
        {
            var stored = runs.Of(cell);
            int[] missing = [.. cell.Seeds.Except(stored.Select(r => (int)r.Spec.Seed))];
            double seconds = cost.Seconds(cell, missing.Length, featuresReady: made.Contains(cell.FeatureSet));
            var obstacle = missing.Length == 0 ? null : CellObstacle.For(cell) ?? (seconds > budget ? CellObstacle.OverBudget : null);
            if (missing.Length > 0 && obstacle is null)
            {
                budget -= seconds;
                if (RunWork.Of(cell.Run).Features > 0) made.Add(cell.FeatureSet);
            }
            steps.Add(new GridStep(steps.Count + 1, cell, missing, seconds, obstacle, stored));
        }
        return new GridPlan(steps, cost.Basis);
    }

    /// <summary>
    /// Runs what a plan says, and keeps a <see cref="Progress.GridStatus"/> in the store meanwhile. One step that fails does not stop the others;
    /// one whose runs another process computes is told as <see cref="GridEnd.Later"/> and comes again at the end, when there is nothing else to do.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="title">What is run, for whoever watches.</param>
    /// <param name="store">Where results go.</param>
    /// <param name="features">Where features are.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="progress">Makes a listener for a seed of a step.</param>
    /// <param name="keepWeights">Whether the tested weights go into the store, too.</param>
    /// <param name="cancel">Stops soon; the run under way keeps its progress in a checkpoint.</param>
    /// <returns>What became of each step, as it ends.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<GridOutcome> Run(
        GridPlan plan, string title, ResultsStore store, FeatureStore features, Device device, Func<GridStep, int, IProgress<RunStage>>? progress = null, bool keepWeights = false, CancellationToken cancel = default)
    {
        using var runner = new GridRunner(new CellRunner(store, features, keepWeights), device);
        using var board = new GridBoard(store.Folder, title, plan);
        var queue = new Queue<(GridStep Step, bool Wait)>(plan.Steps.Select(step => (step, false)));
        while (queue.TryDequeue(out var next))
        {
            var step = next.Step;
            board.Begin(step);
            var outcome = Run(step, next.Wait, runner, progress is null ? null : seed => progress(step, seed), cancel);
            board.End(outcome);
            // By the time it comes up again, the other process is done, or this one has nothing else to do.
            if (outcome.End == GridEnd.Later) queue.Enqueue((step, true));
            yield return outcome;
        }
    }

    private static GridOutcome Run(GridStep step, bool wait, GridRunner runner, Func<int, IProgress<RunStage>>? progress, CancellationToken cancel)
    {
        if (step.Obstacle is not null) return new(step, GridEnd.NotRun, []);
        if (step.IsDone) return new(step, GridEnd.Done, step.Stored);
        var missing = step.Cell with { Seeds = step.Missing };
        try
        {
            return (wait ? runner.Run(missing, progress, cancel) : runner.TryRun(missing, progress, cancel)) is { } results
                ? new(step, GridEnd.Done, [.. step.Stored.Concat(results).OrderBy(r => r.Spec.Seed)])
                : new(step, GridEnd.Later, []);
        }
        // libtorch, out of a device's memory for one.
        catch (Exception e) when (e is MedBenchException or ExternalException)
        {
            return new(step, GridEnd.Failed, [], e);
        }
    }
}
