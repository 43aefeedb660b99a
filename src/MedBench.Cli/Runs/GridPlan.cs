using MedBench.Runs.Experiments;

namespace MedBench.Cli.Runs;

/// <summary>What of a grid is left to run here, and what it would cost.</summary>
internal sealed class GridPlan
{
    private readonly CostModel _cost;
    private readonly HashSet<string> _cached = new(StringComparer.Ordinal);

    /// <summary>Looks at each cell in order: what is missing, what stands in the way, whether it fits the budget.</summary>
    /// <param name="cells">The chosen cells.</param>
    /// <param name="index">Finished runs.</param>
    /// <param name="cost">Estimates.</param>
    /// <param name="budget">Most seconds to spend by the estimate; a cell that does not fit is passed over and later ones are tried.</param>
    public GridPlan(IEnumerable<ExperimentCell> cells, ResultsIndex index, CostModel cost, double budget)
    {
        _cost = cost;
        double left = budget;
        Steps = [.. cells.Select(cell =>
        {
            var stored = index.Of(cell);
            int missing = cell.Seeds.Count - stored.Count;
            if (missing == 0) return new GridStep(cell, 0, 0, null, stored);
            double seconds = Estimate(cell, missing);
            var obstacle = CellObstacle.For(cell);
            string? reason = obstacle is not null ? $"{obstacle.Reason}; get it with: {obstacle.Command}"
                : seconds > left ? "does not fit --max-cost" : null;
            if (reason is null)
            {
                left -= seconds;
                if (RunWork.Of(cell.Run).Features > 0) _cached.Add(cell.FeatureSet);
            }
            return new GridStep(cell, missing, seconds, reason, stored);
        })];
    }

    /// <summary>One for each cell, in order.</summary>
    public IReadOnlyList<GridStep> Steps { get; }

    /// <summary>Estimated seconds of all that can be run.</summary>
    public double Seconds => Steps.Where(s => s.Obstacle is null).Sum(s => s.Seconds);

    /// <summary>What the estimate rests on.</summary>
    public string Basis => _cost.Basis;

    private double Estimate(ExperimentCell cell, int runs) =>
        _cost.Seconds(cell, runs, featuresReady: _cached.Contains(cell.FeatureSet));
}
