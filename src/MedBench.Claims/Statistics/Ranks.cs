namespace MedBench.Claims.Statistics;

/// <summary>Ranks with ties averaged, kept as whole numbers.</summary>
internal static class Ranks
{
    /// <summary>Twice the mid-rank (from 1) of each value: 2, 4, 6 … without ties.</summary>
    internal static int[] Doubled(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        int[] ranks = new int[values.Count];
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
