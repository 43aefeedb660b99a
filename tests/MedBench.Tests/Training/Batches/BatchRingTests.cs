using CsCheck;
using MedBench.Training.Batches;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Batches;

public sealed class BatchRingTests
{
    private const int Width = 3;

    [Fact]
    public void Run_AnyShape_EqualsAPlainLoop() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 40], Gen.Int[1, 9], Gen.Int[1, 7]).Sample((slots, samples, batchSize, workers) =>
        {
            using var ring = new BatchRing<float>(slots, 9, [Width], CPU);
            for (int pass = 0; pass < 2; pass++)
            {
                var read = new List<float>();
                var sizes = new List<int>();
                foreach (var batch in ring.Run(samples, batchSize, workers, Fill))
                {
                    read.AddRange(batch.data<float>().ToArray());
                    sizes.Add((int)batch.shape[0]);
                }
                Assert.Equal(Enumerable.Range(0, samples * Width).Select(i => (float)i), read);
                Assert.Equal(Enumerable.Range(0, samples).Chunk(batchSize).Select(c => c.Length), sizes);
            }
        }, iter: 60, threads: 1);

    [Fact]
    public void Run_Batch_StaysAsItIsUntilTheNext()
    {
        using var ring = new BatchRing<float>(2, 1, [Width], CPU);
        int sample = 0;
        foreach (var batch in ring.Run(8, 1, 4, Fill))
        {
            Thread.Sleep(5);
            Assert.Equal(Width * sample++, batch.data<float>()[0]);
        }
    }

    [Fact]
    public void Run_LeftEarly_EndsItsThreads()
    {
        using var ring = new BatchRing<float>(2, 2, [Width], CPU);
        int filled = 0;
        foreach (var _ in ring.Run(1000, 2, 3, (i, destination) => { Fill(i, destination); Interlocked.Increment(ref filled); })) break;
        int atBreak = filled;
        Thread.Sleep(30);
        Assert.Equal(atBreak, filled);
        Assert.True(filled <= 4, $"{filled} samples filled into 4 places");
        Assert.Equal(10, ring.Run(20, 2, 3, Fill).Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(19)]
    public void Run_FillThrows_TheReaderGetsTheException(int bad)
    {
        using var ring = new BatchRing<float>(3, 2, [Width], CPU);
        var error = Assert.Throws<InvalidDataException>(() => ring.Run(20, 2, 2, (i, destination) =>
        {
            if (i == bad) throw new InvalidDataException($"sample {i}");
            Fill(i, destination);
        }).Count());
        Assert.Equal($"sample {bad}", error.Message);
        Assert.Equal(10, ring.Run(20, 2, 2, Fill).Count());
    }

    private static void Fill(int sample, Span<float> destination)
    {
        for (int i = 0; i < Width; i++) destination[i] = Width * sample + i;
    }
}
