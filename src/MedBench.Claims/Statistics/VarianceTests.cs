using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace MedBench.Claims.Statistics;

/// <summary>Tests of "all groups have the same variance". Null where they do not apply: fewer than two groups, or no spread at all.</summary>
public static class VarianceTests
{
    /// <summary>p of Brown and Forsythe (1974): analysis of variance of the distances from each group's median.</summary>
    public static double? BrownForsythe(IReadOnlyList<IReadOnlyList<double>> groups)
    {
        double[][] distances = [.. groups.Select(g => g.Median() is var median ? g.Select(v => Math.Abs(v - median)).ToArray() : [])];
        int total = distances.Sum(d => d.Length);
        if (groups.Count < 2 || total <= groups.Count)
            return null;
        double grand = distances.SelectMany(d => d).Average();
        double between = distances.Sum(d => d.Length * Math.Pow(d.Average() - grand, 2)) / (groups.Count - 1);
        double within = distances.Sum(d => d.Average() is var mean ? d.Sum(v => (v - mean) * (v - mean)) : 0) / (total - groups.Count);
        return within == 0 ? null : 1 - FisherSnedecor.CDF(groups.Count - 1, total - groups.Count, between / within);
    }

    /// <summary>p of Bartlett (1937), which needs only sizes and stds but trusts that runs are normal. Groups without spread are left out.</summary>
    public static double? Bartlett(IReadOnlyList<SampleSummary> groups)
    {
        // Without a spread there is no logarithm of it; the others are tested all the same.
        groups = [.. groups.Where(g => g.Std is > 0)];
        if (groups.Count < 2)
            return null;
        double freedom = groups.Sum(g => g.Count - 1);
        double pooled = groups.Sum(g => (g.Count - 1) * g.Std!.Value * g.Std.Value) / freedom;
        double numerator = freedom * Math.Log(pooled) - groups.Sum(g => (g.Count - 1) * 2 * Math.Log(g.Std!.Value));
        double correction = 1 + (groups.Sum(g => 1.0 / (g.Count - 1)) - 1 / freedom) / (3 * (groups.Count - 1));
        // Equal stds can give a statistic of minus one bit.
        return 1 - ChiSquared.CDF(groups.Count - 1, Math.Max(0, numerator / correction));
    }
}
