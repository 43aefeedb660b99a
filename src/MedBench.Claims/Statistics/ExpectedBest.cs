namespace MedBench.Claims.Statistics;

/// <summary>The best result to expect from a number of trials (Dodge et al. 2019, "Show Your Work", D19-1224): what a sweep of that size is worth.</summary>
public static class ExpectedBest
{
    /// <summary>Expected maximum of 1, 2, … n draws with replacement from the n values: Σ v₍ᵢ₎ ((i/n)ᵏ − ((i−1)/n)ᵏ).</summary>
    /// <param name="values">One a trial (a setting, or a setting and seed), at least one.</param>
    public static double[] Curve(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double[] sorted = [.. values.Order()];
        double n = sorted.Length;
        return [.. Enumerable.Range(1, sorted.Length).Select(trials => sorted.Select((value, i) => value * (Math.Pow((i + 1) / n, trials) - Math.Pow(i / n, trials))).Sum())];
    }
}
