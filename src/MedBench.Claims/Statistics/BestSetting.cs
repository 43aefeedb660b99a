using MathNet.Numerics.Random;

namespace MedBench.Claims.Statistics;

/// <summary>
/// Which setting of a sweep is best, and how surely: bootstrap over runs (and, with <paramref name="ResampleCells"/>, over cells).
/// In every draw the setting with the largest mean over the cells wins; settings that tie share the win.
/// </summary>
/// <param name="Resamples">Draws, for example 10000.</param>
/// <param name="Seed">The shares are a function of it.</param>
/// <param name="ResampleCells">False: these cells, other seeds. True: other cells too.</param>
public sealed record BestSetting(int Resamples, int Seed, bool ResampleCells)
{
    // Equal accuracies, averaged in another order, differ in the last bit.
    private const double TieSlack = 1e-12;

    /// <summary>Mean over the cells, at each setting.</summary>
    public static double[] Means(IReadOnlyList<SweepCell> cells)
    {
        double[][] means = [.. cells.Select(c => c.Means())];
        return [.. Enumerable.Range(0, means[0].Length).Select(s => means.Average(m => m[s]))];
    }

    /// <summary>Share of the cells in which each setting has the largest mean.</summary>
    public static double[] CellShares(IReadOnlyList<SweepCell> cells) => Average([.. cells.Select(c => Wins(c.Means()))]);

    /// <summary>Share of the draws that each setting wins; sums to 1.</summary>
    /// <param name="cells">At least one, all with the same settings.</param>
    public double[] WinShares(IReadOnlyList<SweepCell> cells)
    {
        ArgumentOutOfRangeException.ThrowIfZero(cells.Count);
        int settings = cells[0].Settings.Count;
        if (cells.Any(c => c.Settings.Count != settings))
            throw new ArgumentException("every cell needs the same settings", nameof(cells));
        var random = new MersenneTwister(Seed, threadSafe: false);
        double[] total = new double[settings];
        for (int draw = 0; draw < Resamples; draw++)
        {
            double[] sums = new double[settings];
            for (int i = 0; i < cells.Count; i++)
            {
                var cell = cells[ResampleCells ? random.Next(cells.Count) : i];
                for (int s = 0; s < settings; s++)
                    sums[s] += MeanOfDraw(cell.Settings[s], random);
            }
            double[] wins = Wins(sums);
            for (int s = 0; s < settings; s++)
                total[s] += wins[s] / Resamples;
        }
        return total;
    }

    private static double MeanOfDraw(IReadOnlyList<double> runs, MersenneTwister random)
    {
        double sum = 0;
        for (int i = 0; i < runs.Count; i++)
            sum += runs[random.Next(runs.Count)];
        return sum / runs.Count;
    }

    private static double[] Wins(double[] values)
    {
        double least = values.Max() - TieSlack;
        int winners = values.Count(v => v >= least);
        return [.. values.Select(v => v >= least ? 1.0 / winners : 0)];
    }

    private static double[] Average(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(s => rows.Average(row => row[s]))];
}
