namespace MedBench.Claims.Statistics;

/// <summary>
/// Page's (1963) test of an increasing trend over ordered conditions, exact also with ties: the distribution runs over all
/// orders within each row of the ranks at hand.
/// </summary>
/// <param name="L">Page's statistic: Σ position × rank sum.</param>
/// <param name="P">Probability of at least this L without a trend.</param>
public sealed record PageTrend(double L, double P)
{
    /// <summary>Most conditions for which all orders are counted.</summary>
    public const int MaxConditions = 8;

    /// <summary>Runs the test.</summary>
    /// <param name="rows">One row a cell (for example a dataset), its values in the order in which they should increase; equal lengths of 2 to <see cref="MaxConditions"/>.</param>
    public static PageTrend Of(IReadOnlyList<IReadOnlyList<double>> rows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count);
        int conditions = rows[0].Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(conditions, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(conditions, MaxConditions);
        if (rows.Any(row => row.Count != conditions))
            throw new ArgumentException("every row needs the same conditions", nameof(rows));

        var byRanks = new Dictionary<string, double[]>();
        double[] chance = [1];
        int observed = 0;
        foreach (var row in rows)
        {
            int[] ranks = Ranks.Doubled(row);
            observed += Score(ranks);
            Array.Sort(ranks);
            string key = string.Join(',', ranks);
            if (!byRanks.TryGetValue(key, out double[]? one))
                byRanks[key] = one = AllOrders(ranks);
            chance = Convolve(chance, one);
        }
        return new PageTrend(observed / 2.0, Math.Min(1, chance.Skip(observed).Sum()));
    }

    private static int Score(ReadOnlySpan<int> ranks)
    {
        int sum = 0;
        for (int i = 0; i < ranks.Length; i++)
            sum += (i + 1) * ranks[i];
        return sum;
    }

    // Probability of each (doubled) score when all orders of the ranks are equally likely.
    private static double[] AllOrders(int[] sorted)
    {
        double[] counts = new double[Score(sorted) + 1];
        int orders = 0;
        void Visit(int[] ranks, int from)
        {
            if (from == ranks.Length)
            {
                counts[Score(ranks)]++;
                orders++;
                return;
            }
            for (int i = from; i < ranks.Length; i++)
            {
                (ranks[from], ranks[i]) = (ranks[i], ranks[from]);
                Visit(ranks, from + 1);
                (ranks[from], ranks[i]) = (ranks[i], ranks[from]);
            }
        }
        Visit([.. sorted], 0);
        return [.. counts.Select(c => c / orders)];
    }

    private static double[] Convolve(double[] a, double[] b)
    {
        double[] sum = new double[a.Length + b.Length - 1];
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] == 0)
                continue;
            for (int j = 0; j < b.Length; j++)
                sum[i + j] += a[i] * b[j];
        }
        return sum;
    }
}
