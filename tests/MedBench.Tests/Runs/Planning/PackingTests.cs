using CsCheck;
using MedBench.Runs.Planning;

namespace MedBench.Tests.Runs.Planning;

public sealed class PackingTests
{
    // Graham's worst case for three machines: the best is 9 (5+4, 5+4, 3+3+3), longest first gets 11.
    [Fact]
    public void Spread_GrahamsWorstCase_IsElevenNinthsOfTheBest()
    {
        var shards = Packing.Spread(Blocks(5, 5, 4, 4, 3, 3, 3), 3);
        Assert.Equal([[5, 3, 3], [5, 3], [4, 4]], shards.Select(s => s.Select(b => b.Seconds)));
    }

    [Fact]
    public void Spread_FewerBlocksThanShards_LeavesNoShardEmpty() => Assert.Equal(2, Packing.Spread(Blocks(1, 2), 5).Count);

    [Fact]
    public void Fit_TakesTheFewestShardsThatLongestFirstCanFill()
    {
        Assert.Equal(3, Packing.Fit(Blocks(5, 5, 4, 4, 3, 3, 3), 11).Count);
        Assert.Equal(4, Packing.Fit(Blocks(5, 5, 4, 4, 3, 3, 3), 9).Count);
        Assert.Equal(7, Packing.Fit(Blocks(5, 5, 4, 4, 3, 3, 3), 5).Count);
        Assert.Empty(Packing.Fit([], 5));
    }

    [Fact]
    public void Spread_AnyWork_StaysWithinGrahamsBound() =>
        Gen.Select(Gen.Double[0.1, 100].Array[1, 60], Gen.Int[1, 20]).Sample((seconds, count) =>
        {
            var shards = Packing.Spread(Blocks(seconds), count);
            double longest = shards.Max(s => s.Sum(b => b.Seconds)), mean = seconds.Sum() / count;
            return longest <= mean + seconds.Max() * (1 - 1.0 / count) + 1e-9 && shards.Sum(s => s.Count) == seconds.Length && shards.All(s => s.Count > 0);
        });

    [Fact]
    public void Fit_AnyWork_StaysWithinTheLimit() =>
        Gen.Double[0.1, 10].Array[1, 60].Sample(seconds => Packing.Fit(Blocks(seconds), 12).All(s => s.Sum(b => b.Seconds) <= 12));

    private static List<WorkBlock> Blocks(params double[] seconds) => [.. seconds.Select((s, i) => new WorkBlock(i, [], s))];
}
