namespace MedBench.Claims.Claims;

/// <summary>The cells of one unit (for example a dataset) as a claim compares them: the same members on every side.</summary>
/// <param name="Values">Mean of each group or condition over its members; empty if the unit is not complete.</param>
/// <param name="Runs">Single runs of each group or condition, for a sweep; empty if the unit is not complete.</param>
/// <param name="Used">Cells that went in.</param>
/// <param name="LeftOut">Cells with a result that did not: another side lacks their partner, or has too few.</param>
/// <param name="Missing">Cells without a result.</param>
/// <param name="Pairs">First minus last side of each member of one cell a side, by model.</param>
internal sealed record CellGroup(
    IReadOnlyList<double> Values, IReadOnlyList<IReadOnlyList<double>> Runs, int Used, int LeftOut, int Missing, IReadOnlyList<(string Model, double Difference)> Pairs)
{
    // A side of several models stands for its kind with two of them.
    private const int LeastMembers = 2;

    internal bool IsComplete => Values.Count > 0;

    /// <summary>Compares what can be compared.</summary>
    /// <param name="sides">Cells of each group or condition.</param>
    /// <param name="minus">Cells that are taken off each; null for none.</param>
    /// <param name="takes">What stands for each side's cells.</param>
    /// <param name="member">What makes cells of different sides partners, for example their model.</param>
    internal static CellGroup Of(IReadOnlyList<IReadOnlyList<ClaimCell>> sides, IReadOnlyList<IReadOnlyList<ClaimCell>>? minus, IReadOnlyList<Take> takes, Func<ClaimCell, string> member)
    {
        IReadOnlyList<ILookup<string, ClaimCell>> all = [.. sides.Concat(minus ?? []).Select(cells => cells.ToLookup(member))];
        int cellCount = sides.Concat(minus ?? []).Sum(s => s.Count), missing = sides.Concat(minus ?? []).Sum(s => s.Count(c => c.Runs.Count == 0));
        // The best of a group is that of all of it; a mean that of those that were run, two at least.
        bool Enough(IEnumerable<ClaimCell> cells, Take take) => cells.Count(c => c.Runs.Count > 0) is var run && cells.Count() is var of && run > 0 && run >= (take == Take.Best ? of : Math.Min(LeastMembers, of));
        string[] shared = [.. all.Select(side => side.Select(g => g.Key)).Aggregate((a, b) => a.Intersect(b))];
        string[] members = [.. shared.Where(key => all.Index().All(side => Enough(side.Item[key], takes[side.Index % sides.Count])))];
        if (members.Length < Math.Min(LeastMembers, shared.Length) || members.Length == 0)
            return new CellGroup([], [], 0, cellCount - missing, missing, []);
        ClaimCell[] Run(int side, string key) => [.. all[side][key].Where(c => c.Runs.Count > 0)];
        double Value(int side) => members.Average(key => takes[side % sides.Count] == Take.Best ? Run(side, key).Max(Mean) : Run(side, key).Average(Mean));
        int used = Enumerable.Range(0, all.Count).Sum(side => members.Sum(key => Run(side, key).Length));
        return new CellGroup(
            [.. Enumerable.Range(0, sides.Count).Select(side => Value(side) - (minus is null ? 0 : Value(sides.Count + side)))],
            [.. Enumerable.Range(0, sides.Count).Select(side => (IReadOnlyList<double>)[.. members.SelectMany(key => Run(side, key)).SelectMany(c => c.Runs).Select(r => r.Value)])],
            used, cellCount - missing - used, missing,
            minus is not null ? [] : [.. from key in members
                                         where all.All(side => side[key].Count() == 1)
                                         select (Run(0, key)[0].Key.Model, Mean(Run(0, key)[0]) - Mean(Run(all.Count - 1, key)[0]))]);
    }

    private static double Mean(ClaimCell cell) => cell.Runs.Average(r => r.Value);
}
