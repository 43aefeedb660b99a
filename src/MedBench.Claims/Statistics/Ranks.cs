namespace MedBench.Claims.Statistics;

/// <summary>Ranks with ties averaged, kept as whole numbers.</summary>
internal static class Ranks
{
    // Two gaps of three points are one gap, though 0.93 - 0.90 and 0.83 - 0.80 differ in their last bits.
    private const int Decimals = 12;

    /// <summary>A value without the last bits of its rounding.</summary>
    internal static double Round(double value) => Math.Round(value, Decimals);

    /// <summary>Twice the mid-rank (from 1) of each value: 2, 4, 6 … without ties.</summary>
    internal static int[] Doubled(IReadOnlyList<double> measured)
    {
        double[] values = [.. measured.Select(Round)];
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        int[] ranks = new int[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }
            for (int i = start; i < end; i++)
                ranks[order[i]] = start + 1 + end;
        }
        return ranks;
    }
}
