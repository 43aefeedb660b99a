namespace MedBench.Runs.Planning;

/// <summary>Longest processing time first (Graham 1969): blocks in falling order, each onto the shard with the least so far. At most 4/3 of the best possible maximum.</summary>
internal static class Packing
{
    /// <summary>Spreads blocks over at most <paramref name="count"/> shards, none of them empty.</summary>
    public static List<List<WorkBlock>> Spread(IReadOnlyCollection<WorkBlock> blocks, int count)
    {
        var shards = Enumerable.Range(0, Math.Min(count, blocks.Count)).Select(_ => new List<WorkBlock>()).ToList();
        var loads = new PriorityQueue<int, (double Seconds, int Shard)>(shards.Select((_, i) => (i, (0d, i))));
        foreach (var block in blocks.OrderByDescending(b => b.Seconds).ThenBy(b => b.Order))
        {
            loads.TryDequeue(out int shard, out var load);
            shards[shard].Add(block);
            loads.Enqueue(shard, (load.Seconds + block.Seconds, shard));
        }
        return shards;
    }

    /// <summary>Spreads blocks over the fewest shards, tried from below, that stay within <paramref name="limit"/> seconds. No block may be longer than that.</summary>
    public static List<List<WorkBlock>> Fit(IReadOnlyCollection<WorkBlock> blocks, double limit)
    {
        int count = Math.Max(1, (int)Math.Ceiling(blocks.Sum(b => b.Seconds) / limit));
        while (true)
        {
            var shards = Spread(blocks, count++);
            if (shards.All(s => s.Count == 1 || s.Sum(b => b.Seconds) <= limit)) return shards;
        }
    }
}
