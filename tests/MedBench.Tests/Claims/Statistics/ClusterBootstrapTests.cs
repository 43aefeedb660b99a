using MedBench.Claims.Statistics;
using MedBench.Training.Metrics;

namespace MedBench.Tests.Claims.Statistics;

public sealed class ClusterBootstrapTests
{
    [Fact]
    public void Draw_Groups_AreWholeAndAsManyOfEachStratum()
    {
        // Stratum 0: groups of 1 and 3 images; stratum 1: three groups of 2.
        (int, int[])[] groups = [(0, [0]), (0, [1, 2, 3]), (1, [4, 5]), (1, [6, 7]), (1, [8, 9])];
        var bootstrap = new ClusterBootstrap(groups);
        int[] times = new int[10];

        for (int seed = 0; seed < 50; seed++)
        {
            bootstrap.Draw(new Random(seed), times);
            Assert.All(groups, g => Assert.Single(g.Item2.Select(p => times[p]).Distinct()));
            Assert.Equal(2, times[0] + times[1]);
            Assert.Equal(3, times[4] + times[6] + times[8]);
        }
    }

    [Fact]
    public void Draw_StrataOfOneGroup_ChangeTogether()
    {
        var bootstrap = new ClusterBootstrap([(0, [0]), (1, [1]), (2, [2]), (2, [3])]);
        int[] times = new int[4];
        var seen = new HashSet<int>();

        for (int seed = 0; seed < 50; seed++)
        {
            bootstrap.Draw(new Random(seed), times);
            Assert.Equal(2, times[0] + times[1]);
            seen.Add(times[0]);
        }
        Assert.Equal([0, 1, 2], seen.Order());
    }

    [Fact]
    public void WeightedAuc_OfImagesSeveralTimes_IsTheAucOfThoseImages()
    {
        var chance = new Random(5);
        // Tenths, so that there are ties.
        double[] scores = [.. Enumerable.Range(0, 30).Select(_ => chance.Next(11) / 10.0)];
        bool[] positive = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0)];
        var weighted = new WeightedAuc(scores, positive);

        for (int draw = 0; draw < 20; draw++)
        {
            int[] times = [.. scores.Select(_ => chance.Next(4))];
            int[] images = [.. Enumerable.Range(0, 30).SelectMany(i => Enumerable.Repeat(i, times[i]))];
            Assert.Equal(RocAuc.Of([.. images.Select(i => scores[i])], [.. images.Select(i => positive[i])])!.Value, weighted.Of(times)!.Value, 1e-12);
        }
        Assert.Null(weighted.Of([.. positive.Select(p => p ? 1 : 0)]));
    }
}
