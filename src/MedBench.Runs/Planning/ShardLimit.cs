using MedBench.Core.Errors;

namespace MedBench.Runs.Planning;

/// <summary>How work is cut: into so many shards, or into as few as keep each below a time.</summary>
/// <param name="Count">Shards at most; null where <paramref name="Seconds"/> rules.</param>
/// <param name="Seconds">Longest shard; infinite where <paramref name="Count"/> rules.</param>
public sealed record ShardLimit(int? Count, double Seconds)
{
    /// <summary>At most <paramref name="count"/> shards.</summary>
    /// <exception cref="MedBenchException">Less than 1.</exception>
    public static ShardLimit Shards(int count) => count >= 1 ? new(count, double.PositiveInfinity)
        : throw new MedBenchException($"--shards {count}: not a number of shards", "give at least 1");

    /// <summary>As few shards as keep each below a time.</summary>
    /// <exception cref="MedBenchException">Not positive.</exception>
    public static ShardLimit Time(double seconds) => seconds > 0 && double.IsFinite(seconds) ? new(null, seconds)
        : throw new MedBenchException($"a shard of at most {seconds} s", "give a positive time");
}
