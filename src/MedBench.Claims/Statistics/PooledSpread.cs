namespace MedBench.Claims.Statistics;

/// <summary>One seed-to-seed standard deviation for several cells that are thought to share it.</summary>
/// <param name="Std">Root of the mean squared sample std, weighted by degrees of freedom.</param>
/// <param name="DegreesOfFreedom">Sum of (runs − 1).</param>
/// <param name="Groups">Cells that went in.</param>
/// <param name="EqualVarianceP">p of "all cells have the same variance"; null where it cannot be tested.</param>
/// <param name="EqualVarianceTest">Name of that test.</param>
public sealed record PooledSpread(double Std, int DegreesOfFreedom, int Groups, double? EqualVarianceP, string EqualVarianceTest)
{
    /// <summary>Pools raw runs; equal variance is checked with the Brown-Forsythe test. Cells of one run tell nothing and are left out.</summary>
    /// <exception cref="ArgumentException">No cell has two runs.</exception>
    public static PooledSpread OfRuns(IReadOnlyList<IReadOnlyList<double>> groups)
    {
        IReadOnlyList<double>[] usable = [.. groups.Where(g => g.Count >= 2)];
        var pooled = OfSummaries([.. usable.Select(SampleSummary.Of)]);
        return pooled with { EqualVarianceP = VarianceTests.BrownForsythe(usable), EqualVarianceTest = "Brown-Forsythe" };
    }

    /// <summary>Pools printed means and stds; equal variance is checked with Bartlett's test (raw runs are not at hand).</summary>
    /// <inheritdoc cref="OfRuns"/>
    public static PooledSpread OfSummaries(IReadOnlyList<SampleSummary> groups)
    {
        SampleSummary[] usable = [.. groups.Where(g => g is { Std: not null, Count: >= 2 })];
        int freedom = usable.Sum(g => g.Count - 1);
        if (freedom == 0)
            throw new ArgumentException("needs a cell with at least two runs", nameof(groups));
        double variance = usable.Sum(g => (g.Count - 1) * g.Std!.Value * g.Std.Value) / freedom;
        return new PooledSpread(Math.Sqrt(variance), freedom, usable.Length, VarianceTests.Bartlett(usable), "Bartlett");
    }
}
