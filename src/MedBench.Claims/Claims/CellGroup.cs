namespace MedBench.Claims.Claims;

/// <summary>The cells of one unit that answer one selector, as runs: by seed where all of them share seeds, else one mean.</summary>
/// <param name="Cells">Cells that went in.</param>
/// <param name="BySeed">Value by seed; empty if a cell has no run.</param>
internal sealed record CellGroup(int Cells, IReadOnlyDictionary<long, double> BySeed)
{
    private const long NoSeed = -1;

    internal bool IsComplete => BySeed.Count > 0;

    internal IReadOnlyList<double> Runs => [.. BySeed.OrderBy(r => r.Key).Select(r => r.Value)];

    /// <summary>The group of <paramref name="cells"/>; incomplete if there is none, or one of them has no run.</summary>
    internal static CellGroup Of(IReadOnlyList<ClaimCell> cells, Take take)
    {
        if (cells.Count == 0 || cells.Any(c => c.Runs.Count == 0))
            return new CellGroup(cells.Count, new Dictionary<long, double>());
        IReadOnlyList<ClaimCell> used = take == Take.Best ? [cells.MaxBy(Mean)!] : cells;
        long[] shared = [.. used.Select(c => c.Runs.Select(r => r.Seed)).Aggregate((a, b) => a.Intersect(b))];
        return new CellGroup(cells.Count, shared.Length > 0
            ? shared.ToDictionary(seed => seed, seed => used.Average(c => c.Runs.First(r => r.Seed == seed).Value))
            : new Dictionary<long, double> { [NoSeed] = used.Average(Mean) });
    }

    /// <summary>The gain over <paramref name="other"/>, seed by seed where both have the same.</summary>
    internal CellGroup Minus(CellGroup? other)
    {
        if (other is null)
            return this;
        if (!IsComplete || !other.IsComplete)
            return this with { BySeed = new Dictionary<long, double>() };
        return this with
        {
            BySeed = BySeed.Keys.ToHashSet().SetEquals(other.BySeed.Keys)
                ? BySeed.ToDictionary(r => r.Key, r => r.Value - other.BySeed[r.Key])
                : new Dictionary<long, double> { [NoSeed] = BySeed.Values.Average() - other.BySeed.Values.Average() },
        };
    }

    private static double Mean(ClaimCell cell) => cell.Runs.Average(r => r.Value);
}
