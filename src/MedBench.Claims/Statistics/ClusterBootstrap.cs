namespace MedBench.Claims.Statistics;

/// <summary>
/// The cluster bootstrap (Davison and Hinkley 1997, §3.8; Field and Welsh 2007, JRSS B 69:369): whole groups, such as the images of a patient, are drawn with replacement, as many of each
/// stratum as there are. Strata of one group would never change; they are made one (collapsed strata, Cochran 1977, §5A.12), and one alone joins the smallest other.
/// </summary>
internal sealed class ClusterBootstrap
{
    private readonly int[][][] _strata;

    /// <summary>Sorts the groups.</summary>
    /// <param name="groups">For each group its stratum, any number, and the places of its values.</param>
    internal ClusterBootstrap(IEnumerable<(int Stratum, int[] Places)> groups)
    {
        var strata = groups.GroupBy(g => g.Stratum).OrderBy(s => s.Key).Select(s => s.Select(g => g.Places).ToArray()).ToList();
        int[][] alone = [.. strata.Where(s => s.Length == 1).Select(s => s[0])];
        strata.RemoveAll(s => s.Length == 1);
        if (alone.Length == 1 && strata.Count > 0)
        {
            int[][] smallest = strata.MinBy(s => s.Length)!;
            alone = [.. alone, .. smallest];
            strata.Remove(smallest);
        }
        if (alone.Length > 0) strata.Add(alone);
        _strata = [.. strata];
    }

    /// <summary>One draw.</summary>
    /// <param name="random">Where chance is from.</param>
    /// <param name="times">Becomes for each place how often it was drawn.</param>
    internal void Draw(Random random, int[] times)
    {
        Array.Clear(times);
        foreach (int[][] stratum in _strata)
            for (int i = 0; i < stratum.Length; i++)
                // Next(int) of MathNet's generators makes an array a number; the bias of this is none.
                foreach (int place in stratum[(int)(random.NextDouble() * stratum.Length)]) times[place]++;
    }
}
