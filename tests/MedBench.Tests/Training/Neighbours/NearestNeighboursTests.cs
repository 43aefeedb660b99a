using MedBench.Data.Randomness;
using MedBench.Training.Neighbours;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Neighbours;

public sealed class NearestNeighboursTests
{
    // Levels makes values whole numbers of a few kinds: many equal distances. An offset far above the spread
    // leaves a float32 product without a correct digit, so that only the full search can be right.
    [Theory]
    [InlineData(300, 8, 11, 0, 0f)]
    [InlineData(300, 8, 11, 2, 0f)]
    [InlineData(5, 8, 11, 0, 0f)]
    [InlineData(11, 3, 11, 0, 0f)]
    [InlineData(43, 3, 11, 3, 0f)]
    [InlineData(44, 3, 11, 3, 0f)]
    [InlineData(120, 2048, 11, 0, 0f)]
    [InlineData(300, 8, 11, 0, 3000f)]
    [InlineData(300, 8, 1, 2, 3000f)]
    public void Search_AnyData_EqualsBruteForceInDoublePrecision(int count, int width, int k, int levels, float offset)
    {
        var random = SplitMix64.From(count, width, k, levels);
        float[] support = Values(count * width), queries = Values(270 * width);
        support.AsSpan(0, width).CopyTo(support.AsSpan((count - 1) * width)); // a duplicate
        support.AsSpan(0, width).CopyTo(queries);
        using var search = new NearestNeighbours(tensor(support).reshape(count, width));

        var found = search.Search(tensor(queries).reshape(270, width), k);

        Assert.Equal(270, found.Length);
        for (int q = 0; q < found.Length; q++)
        {
            var expected = Enumerable.Range(0, count).Select(i => (Position: i, Distance: Distance(q, i))).OrderBy(n => n.Distance).ThenBy(n => n.Position).Take(k);
            Assert.Equal(expected, found[q]);
        }

        float[] Values(int length) => [.. Enumerable.Range(0, length).Select(_ => offset + (levels > 0 ? random.Next(levels) : random.Next(1 << 20) / (float)(1 << 20)))];

        double Distance(int query, int row)
        {
            double sum = 0;
            for (int d = 0; d < width; d++) sum += Math.Pow((double)queries[query * width + d] - support[row * width + d], 2);
            return Math.Sqrt(sum);
        }
    }
}
