using MedBench.Data.Randomness;
using MedBench.Training.Neighbours;

namespace MedBench.Tests.Training.Neighbours;

public sealed class VoteFragilityTests
{
    // Every set of k that small moves can make the nearest, tried out. Few levels make ties of distances.
    [Theory]
    [InlineData(3, 2, 1000)]
    [InlineData(3, 3, 1000)]
    [InlineData(4, 2, 1000)]
    [InlineData(4, 3, 5)]
    [InlineData(5, 4, 1000)]
    [InlineData(1, 2, 3)]
    public void Epsilon_AnyNeighbours_IsThatOfTheBestSet(int k, int classes, int levels)
    {
        var random = SplitMix64.From(k, classes, levels);
        for (int trial = 0; trial < 60; trial++)
        {
            int count = VoteFragility.Reach(k) - random.Next(2) * Math.Min(1, k - 1);
            double[] distances = [.. Enumerable.Range(0, count).Select(_ => random.Next(levels) / 10.0).Order()];
            byte[] labels = [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(classes))];
            for (int target = 0; target < classes; target++)
            {
                // The vote as it is needs no move; what is asked is another set.
                if (MajorityVote.Class(labels[..k]) == target) continue;
                double least = double.PositiveInfinity;
                for (int set = 0; set < 1 << count; set++)
                {
                    var (inside, outside) = (Chosen(set, true), Chosen(set, false));
                    if (inside.Length != k || MajorityVote.Class(inside.Select(i => labels[i])) != target) continue;
                    double far = inside.Max(i => distances[i]), near = outside.Min(i => distances[i]);
                    least = Math.Min(least, far <= near ? 0 : (far - near) / (far + near));
                }
                Assert.Equal(least, VoteFragility.Epsilon(labels, distances, k, classes, target), 1e-15);
            }

            int[] Chosen(int set, bool inside) => [.. Enumerable.Range(0, count).Where(i => ((set >> i & 1) == 1) == inside)];
        }
    }

    [Fact]
    public void Epsilon_OneVoteMore_IsTheGapBehindTheLast() =>
        Assert.Equal(0.01 / 2.01, VoteFragility.Epsilon([0, 1, 0, 1, 1, 1], [0.5, 0.9, 1, 1.01, 2, 3], 3, 2, 1), 1e-15);
}
