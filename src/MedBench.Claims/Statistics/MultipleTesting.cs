namespace MedBench.Claims.Statistics;

/// <summary>p values adjusted for the number of tests; compare each with alpha. Order is kept.</summary>
public static class MultipleTesting
{
    /// <summary>Holm (1979): bounds the chance of any false alarm.</summary>
    /// <param name="p">The p values at hand.</param>
    /// <param name="tests">How many tests were planned; null for those at hand. Tests that are still to be made count as if they would show nothing, so that no verdict depends on what was run first.</param>
    public static double[] Holm(IReadOnlyList<double> p, int? tests = null)
    {
        int planned = tests ?? p.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(planned, p.Count, nameof(tests));
        int[] ascending = [.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])];
        return Adjust(p, ascending, (value, step) => value * (planned - step), Math.Max, 0);
    }

    /// <summary>p of "not all of these hold", by intersection and union (Berger 1982): the largest of the one-sided p values. Small means that all hold, and needs no correction.</summary>
    public static double IntersectionUnion(IEnumerable<double> p) => p.Max();

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
