using MedBench.Training.Neighbours;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Neighbours;

public sealed class NearestPairsTests
{
    [Fact]
    public void Of_RowsByTheirDirectionFromTheMean_NamesEachPairOnce()
    {
        // From their mean (5, 7) at 0, 6, 90 and 210 degrees, at other distances.
        using var features = tensor(new float[] { 6, 7, 8, 7.3f, 5, 9, 1, 4.7f }).view(4, 2);

        var pairs = NearestPairs.Of(features, 1);

        Assert.Equal([(0, 1), (1, 2), (2, 3)], pairs.Select(p => (p.First, p.Second)));
        Assert.Equal(3 / Math.Sqrt(9.09), pairs[0].Cosine, 1e-6);
        Assert.Equal(6, NearestPairs.Of(features, 10).Count);
    }
}
