namespace MedBench.Runs.Planning;

/// <summary>How evenly work is spread.</summary>
/// <param name="Total">Seconds of all shards.</param>
/// <param name="Mean">Seconds of a shard on average.</param>
/// <param name="Longest">Seconds of the longest.</param>
/// <param name="Shortest">Seconds of the shortest.</param>
public sealed record PlanBalance(double Total, double Mean, double Longest, double Shortest)
{
    /// <summary>Longest over mean: 1 is perfect; all shards side by side take this much longer than perfectly cut ones.</summary>
    public double Ratio => Mean > 0 ? Longest / Mean : 1;

    /// <summary>The balance of some shards.</summary>
    public static PlanBalance Of(IReadOnlyCollection<Shard> shards) => shards.Count == 0
        ? new(0, 0, 0, 0)
        : new(shards.Sum(s => s.Seconds), shards.Average(s => s.Seconds), shards.Max(s => s.Seconds), shards.Min(s => s.Seconds));
}
