using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MedBench.Core.Errors;

namespace MedBench.Data.Audits;

/// <summary>
/// All pairs of vectors whose dot product exceeds a threshold: n²/2 products of <c>width</c> multiplications, in tiles of 4 × 32 that stay in registers, so that no product is
/// written down but those that count. Memory: the vectors, 512 KiB a thread, and what is found.
/// </summary>
internal static class PairSearch
{
    /// <summary>Vectors are padded to a multiple of this.</summary>
    public const int Block = 512;

    private const int Rows = 4, Lanes = 16, Panel = 2 * Lanes;

    /// <summary>The pairs (i of <paramref name="left"/>, j of <paramref name="right"/>), by i, then j.</summary>
    /// <param name="left">Vectors, padded by zeros to a multiple of <see cref="Block"/>.</param>
    /// <param name="right">Vectors, padded likewise.</param>
    /// <param name="width">Values of a vector.</param>
    /// <param name="threshold">A pair is found from here on; above 0.</param>
    /// <param name="upper">Whether only j &gt; i counts, both being the same vectors.</param>
    /// <param name="maximum">Pairs at most.</param>
    /// <param name="progress">Told the number of vectors of <paramref name="right"/> that are done.</param>
    /// <exception cref="MedBenchException">More pairs than <paramref name="maximum"/>.</exception>
    public static IReadOnlyList<(int First, int Second, float Product)> Above(
        float[] left, float[] right, int width, float threshold, bool upper, int maximum, IProgress<int>? progress = null)
    {
        var found = new ConcurrentBag<(int, int, float)>();
        int rows = left.Length / width, blocks = right.Length / width / Block, done = 0;
        // The last blocks have the most rows: begun first, so that no thread waits long for the others at the end.
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, blocks).Reverse(), EnumerablePartitionerOptions.NoBuffering), () => new float[Block * width], (block, loop, packed) =>
        {
            Pack(right, block * Block, width, packed);
            int last = upper ? Math.Min(rows, (block + 1) * Block) : rows;
            for (int row = 0; row < last; row += Rows)
                for (int panel = 0; panel < Block; panel += Panel)
                    Tile(left, row, packed.AsSpan(panel * width, Panel * width), block * Block + panel, width, threshold, upper, found);
            if (found.Count > maximum) loop.Stop();
            progress?.Report(Interlocked.Add(ref done, Block));
            return packed;
        }, _ => { });
        if (found.Count > maximum)
            throw new MedBenchException($"the screen finds more than {maximum} pairs that look alike", "raise 'screen' in a copy of audits/rules.json: images of this dataset are too alike for it");
        return [.. found.Order()];
    }

    // In panels of 32 vectors, value by value.
    private static void Pack(float[] vectors, int first, int width, float[] packed)
    {
        for (int panel = 0; panel < Block; panel += Panel)
            for (int j = 0; j < Panel; j++)
                for (int k = 0; k < width; k++)
                    packed[panel * width + k * Panel + j] = vectors[(first + panel + j) * width + k];
    }

    private static void Tile(float[] left, int row, ReadOnlySpan<float> panel, int column, int width, float threshold, bool upper, ConcurrentBag<(int, int, float)> found)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        ref float rows = ref left[row * width];
        ref float columns = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(panel);
        for (int k = 0; k < width; k++)
        {
            var low = Vector512.LoadUnsafe(ref columns, (nuint)(k * Panel));
            var high = Vector512.LoadUnsafe(ref columns, (nuint)(k * Panel + Lanes));
            var value = Vector512.Create(Unsafe.Add(ref rows, k));
            a0 = Vector512.FusedMultiplyAdd(value, low, a0);
            a1 = Vector512.FusedMultiplyAdd(value, high, a1);
            value = Vector512.Create(Unsafe.Add(ref rows, width + k));
            b0 = Vector512.FusedMultiplyAdd(value, low, b0);
            b1 = Vector512.FusedMultiplyAdd(value, high, b1);
            value = Vector512.Create(Unsafe.Add(ref rows, 2 * width + k));
            c0 = Vector512.FusedMultiplyAdd(value, low, c0);
            c1 = Vector512.FusedMultiplyAdd(value, high, c1);
            value = Vector512.Create(Unsafe.Add(ref rows, 3 * width + k));
            d0 = Vector512.FusedMultiplyAdd(value, low, d0);
            d1 = Vector512.FusedMultiplyAdd(value, high, d1);
        }
        var highest = Vector512.Max(Vector512.Max(Vector512.Max(a0, a1), Vector512.Max(b0, b1)), Vector512.Max(Vector512.Max(c0, c1), Vector512.Max(d0, d1)));
        if (!Vector512.GreaterThanOrEqualAny(highest, Vector512.Create(threshold))) return;
        ReadOnlySpan<Vector512<float>> sums = [a0, a1, b0, b1, c0, c1, d0, d1];
        for (int s = 0; s < sums.Length; s++)
            for (int lane = 0; lane < Lanes; lane++)
            {
                int i = row + s / 2, j = column + (s % 2) * Lanes + lane;
                if (sums[s][lane] >= threshold && (!upper || j > i)) found.Add((i, j, sums[s][lane]));
            }
    }
}
