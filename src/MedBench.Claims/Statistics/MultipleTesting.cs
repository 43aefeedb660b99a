namespace MedBench.Claims.Statistics;

/// <summary>p values adjusted for the number of tests; compare each with alpha. Order is kept.</summary>
public static class MultipleTesting
{
    /// <summary>Holm (1979): bounds the chance of any false alarm.</summary>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        int[] ascending = [.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])];
        return Adjust(p, ascending, (value, step) => value * (p.Count - step), Math.Max, 0);
    }

    /// <summary>Benjamini and Hochberg (1995): bounds the expected share of false alarms among all alarms.</summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p)
    {
        int[] descending = [.. Enumerable.Range(0, p.Count).OrderByDescending(i => p[i])];
        return Adjust(p, descending, (value, step) => value * p.Count / (p.Count - step), Math.Min, 1);
    }

    // Walks through the tests in order, keeping the adjusted values monotone.
    private static double[] Adjust(IReadOnlyList<double> p, int[] order, Func<double, int, double> scale, Func<double, double, double> monotone, double start)
    {
        double[] adjusted = new double[p.Count];
        double last = start;
        for (int step = 0; step < order.Length; step++)
        {
            last = monotone(last, Math.Min(1, scale(p[order[step]], step)));
            adjusted[order[step]] = last;
        }
        return adjusted;
    }
}
