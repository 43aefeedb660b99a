using MedBench.Core.Errors;
using MedBench.Data.Audits;

namespace MedBench.Tests.Data.Audits;

public sealed class PairSearchTests
{
    private const int Width = 48;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Above_FindsWhatPlainLoopsFind(bool upper)
    {
        const int Count = 700;
        float[] left = Vectors(Count, 1), right = upper ? left : Vectors(Count, 2);
        var expected = from i in Enumerable.Range(0, Count)
                       from j in Enumerable.Range(0, Count)
                       where (!upper || j > i) && Product(left, i, right, j) >= 0.45
                       select (i, j);

        var found = PairSearch.Above(left, right, Width, 0.45f, upper, 100_000);

        Assert.NotEmpty(found);
        Assert.Equal(expected, found.Select(f => (f.First, f.Second)));
        Assert.All(found, f => Assert.Equal(Product(left, f.First, right, f.Second), f.Product, 1e-6));
    }

    [Fact]
    public void Above_MorePairsThanAllowed_IsAnError()
    {
        float[] vectors = Vectors(100, 1);
        Assert.Contains("more than 50 pairs", Assert.Throws<MedBenchException>(() => PairSearch.Above(vectors, vectors, Width, -2f, upper: true, 50)).Message);
    }

    private static double Product(float[] a, int i, float[] b, int j) => Enumerable.Range(0, Width).Sum(k => (double)a[i * Width + k] * b[j * Width + k]);

    // Of length 1, padded by zeros.
    private static float[] Vectors(int count, int seed)
    {
        var random = MedBench.Data.Randomness.SplitMix64.From(seed);
        var values = new float[(count + PairSearch.Block - 1) / PairSearch.Block * PairSearch.Block * Width];
        for (int i = 0; i < count; i++)
        {
            var row = values.AsSpan(i * Width, Width);
            for (int k = 0; k < Width; k++) row[k] = random.Next(2001) - 1000;
            float length = MathF.Sqrt(row.ToArray().Sum(v => v * v));
            for (int k = 0; k < Width; k++) row[k] /= length;
        }
        return values;
    }
}
