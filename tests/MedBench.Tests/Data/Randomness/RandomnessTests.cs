using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CsCheck;
using MedBench.Data.Datasets;
using MedBench.Data.Randomness;

namespace MedBench.Tests.Data.Randomness;

public sealed class RandomnessTests
{
    [Fact]
    public void EpochOrder_AnyArguments_IsAPermutation() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int, Gen.Int).Sample((count, seed, epoch) =>
            EpochOrder.Shuffle(count, seed, epoch).Order().SequenceEqual(Enumerable.Range(0, count)));

    [Fact]
    public void EpochOrder_SameArguments_SameOrder_AndEachArgumentMatters()
    {
        var order = EpochOrder.Shuffle(100, 1, 2);
        Assert.Equal(order, EpochOrder.Shuffle(100, 1, 2));
        Assert.NotEqual(order, EpochOrder.Shuffle(100, 2, 1));
        Assert.NotEqual(order, EpochOrder.Shuffle(100, 1, 3));
        Assert.NotEqual(order, EpochOrder.Shuffle(101, 1, 2).Where(i => i < 100));
    }

    // From an independent implementation in Python. A change here changes every result: it needs a new protocol version.
    [Theory]
    [InlineData(10, 0, 0, new[] { 5, 2, 9, 6, 3, 0, 8, 4, 1, 7 })]
    [InlineData(10, -1, 99, new[] { 3, 4, 1, 2, 0, 6, 5, 8, 7, 9 })]
    public void EpochOrder_Published_NeverChanges(int count, int seed, int epoch, int[] expected) =>
        Assert.Equal(expected, EpochOrder.Shuffle(count, seed, epoch));

    [Fact]
    public void EpochOrder_ManyEpochs_PutsEachImageEverywhereEquallyOften()
    {
        const int Count = 8, Epochs = 16_000;
        var seen = new int[Count, Count];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            var order = EpochOrder.Shuffle(Count, 7, epoch);
            for (int i = 0; i < Count; i++)
                seen[i, order[i]]++;
        }
        // Expected 2000 each; 6 standard deviations are 251.
        Assert.All(seen.Cast<int>(), times => Assert.InRange(times, 1749, 2251));
    }

    [Fact]
    public void SplitMix64_SeedZero_GivesTheReferenceStream()
    {
        // First outputs of Vigna's splitmix64.c for state 0.
        var random = new SplitMix64(0);
        Assert.Equal("E220A8397B1DCDAF 6E789E6AA1B965F4 06C45D188009454F", $"{random.Next():X16} {random.Next():X16} {random.Next():X16}");
    }

    // Made with NumPy 1.24.2: numpy.random.RandomState(seed).choice(count, size, replace=False).
    [Theory]
    [InlineData(0u, 10, new[] { 2, 8, 4, 9, 1, 6, 7, 3, 0, 5 })]
    [InlineData(1u, 10, new[] { 2, 9, 6, 4 })]
    [InlineData(2u, 78468, new[] { 39097, 15950, 25129, 27457, 15432, 14336, 73267, 33705, 77106, 60839, 40019, 28128, 50099, 63905 })]
    [InlineData(4294967295u, 1000, new[] { 94, 405, 819, 632, 217, 169, 449, 275 })]
    public void NumpyRandomState_Choice_EqualsNumPy(uint seed, int count, int[] expected) =>
        Assert.Equal(expected, new NumpyRandomState(seed).Choice(count, expected.Length));

    [Fact]
    public void NumpyRandomState_LongPermutation_EqualsNumPy() =>
        Assert.Equal("9fa738dc3e8c47582177370de6b4daa1", Convert.ToHexStringLower(MD5.HashData(MemoryMarshal.AsBytes<int>(new NumpyRandomState(7).Permutation(100_000)))));
}
