namespace MedBench.Claims.Statistics;

/// <summary>What to do with pairs that do not differ.</summary>
public enum ZeroPairs
{
    /// <summary>Leave them out before ranking (Wilcoxon).</summary>
    Drop,

    /// <summary>Rank them, then leave out their ranks (Pratt).</summary>
    RankThenDrop,
}

/// <summary>Wilcoxon's signed-rank test of paired differences, exact also with ties and zeros: the distribution runs over all sign flips of the ranks at hand.</summary>
/// <param name="Pairs">Pairs that differ.</param>
/// <param name="Plus">Rank sum of the positive differences.</param>
/// <param name="Minus">Rank sum of the negative differences.</param>
/// <param name="GreaterP">p against "differences tend to be positive".</param>
/// <param name="LessP">p against "differences tend to be negative".</param>
public sealed record WilcoxonSignedRank(int Pairs, double Plus, double Minus, double GreaterP, double LessP)
{
    /// <summary>Two-sided p: twice the smaller tail, at most 1.</summary>
    public double TwoSidedP => Math.Min(1, 2 * Math.Min(GreaterP, LessP));

    /// <summary>Runs the test; O(pairs³), meant for up to some hundred pairs.</summary>
    /// <param name="differences">First minus second, one a pair.</param>
    /// <param name="zeros">How pairs without a difference are treated.</param>
    public static WilcoxonSignedRank Of(IReadOnlyList<double> differences, ZeroPairs zeros = ZeroPairs.Drop)
    {
        double[] ranked = [.. differences.Select(Ranks.Round).Where(d => d != 0 || zeros == ZeroPairs.RankThenDrop)];
        int[] ranks = Ranks.Doubled([.. ranked.Select(Math.Abs)]);
        var used = ranked.Zip(ranks).Where(x => x.First != 0).ToList();
        int plus = used.Where(x => x.First > 0).Sum(x => x.Second), total = used.Sum(x => x.Second);

        double[] chance = SignFlips([.. used.Select(x => x.Second)], total);
        double greater = chance.Skip(plus).Sum(), less = chance.Take(plus + 1).Sum();
        return new WilcoxonSignedRank(used.Count, plus / 2.0, (total - plus) / 2.0, Math.Min(1, greater), Math.Min(1, less));
    }

    // Probability of each (doubled) positive rank sum when every sign is a fair coin.
    private static double[] SignFlips(int[] ranks, int total)
    {
        double[] chance = new double[total + 1];
        chance[0] = 1;
        int reached = 0;
        foreach (int rank in ranks)
        {
            reached += rank;
            for (int sum = reached; sum >= 0; sum--)
                chance[sum] = (chance[sum] + (sum >= rank ? chance[sum - rank] : 0)) / 2;
        }
        return chance;
    }
}
