using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace MedBench.Claims.Statistics;

/// <summary>
/// Percentile bootstrap over paired cells (Agarwal et al. 2021, rliable). Runs are drawn anew within each cell and competitor;
/// with <paramref name="ResampleCells"/> the cells are drawn anew as well, which asks about other datasets than these.
/// </summary>
/// <param name="Resamples">Draws, for example 10000.</param>
/// <param name="Seed">The interval is a function of it.</param>
/// <param name="ResampleCells">False: these datasets, other seeds. True: other datasets too.</param>
public sealed record StratifiedBootstrap(int Resamples, int Seed, bool ResampleCells)
{
    /// <summary>Mean over cells of P(first beats second).</summary>
    public static double ProbabilityOfImprovement(IReadOnlyList<PairedCell> cells) => cells.Average(c => c.ProbabilityOfImprovement);

    /// <summary>Mean over cells of the difference of means.</summary>
    public static double MeanDifference(IReadOnlyList<PairedCell> cells) => cells.Average(c => c.Difference);

    /// <summary>Interval for <paramref name="statistic"/>.</summary>
    /// <param name="cells">At least one.</param>
    /// <param name="statistic">For example <see cref="ProbabilityOfImprovement"/>.</param>
    /// <param name="level">Coverage, for example 0.95.</param>
    public Interval Interval(IReadOnlyList<PairedCell> cells, Func<IReadOnlyList<PairedCell>, double> statistic, double level)
    {
        ArgumentOutOfRangeException.ThrowIfZero(cells.Count);
        var random = new MersenneTwister(Seed, threadSafe: false);
        double[] Draw(IReadOnlyList<double> runs) => [.. Enumerable.Range(0, runs.Count).Select(_ => runs[random.Next(runs.Count)])];
        double[] statistics = new double[Resamples];
        for (int r = 0; r < Resamples; r++)
        {
            var drawn = new PairedCell[cells.Count];
            for (int i = 0; i < drawn.Length; i++)
            {
                var cell = cells[ResampleCells ? random.Next(cells.Count) : i];
                drawn[i] = new PairedCell(Draw(cell.First), Draw(cell.Second));
            }
            statistics[r] = statistic(drawn);
        }
        // R-7, NumPy's default quantile.
        return new Interval(
            statistics.QuantileCustom((1 - level) / 2, QuantileDefinition.R7),
            statistics.QuantileCustom((1 + level) / 2, QuantileDefinition.R7));
    }
}
