using MedBench.Data.Randomness;

namespace MedBench.Data.Datasets;

/// <summary>The order in which an epoch visits the training images.</summary>
public static class EpochOrder
{
    /// <summary>
    /// A permutation of 0 … <paramref name="count"/> − 1 that depends on nothing but the three arguments, so that a resumed run needs no generator state:
    /// Fisher-Yates from the last element down, drawing from SplitMix64 seeded with (count, seed, epoch).
    /// </summary>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Epoch number.</param>
    public static int[] Shuffle(int count, int seed, int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = Enumerable.Range(0, count).ToArray();
        var random = SplitMix64.From(count, seed, epoch);
        for (int last = count - 1; last > 0; last--)
        {
            int other = random.Next(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return order;
    }
}
