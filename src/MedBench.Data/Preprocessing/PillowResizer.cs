using System.Buffers;
using System.Runtime.Intrinsics;

namespace MedBench.Data.Preprocessing;

/// <summary>
/// Resizes 8-bit images to the byte as Pillow's <c>Image.resize</c> does: a horizontal pass, then a vertical one, each only where that side changes,
/// with 8-bit pixels in between. Safe from many threads at once; borrows its buffer from the shared pool.
/// </summary>
public sealed class PillowResizer
{
    /// <summary>Fractional bits of a weight.</summary>
    public const int WeightBits = ResampleWeights.Precision;

    private const int Half = 1 << (WeightBits - 1);
    private readonly int height, width, channels, targetHeight, targetWidth;
    private readonly ResampleWeights? horizontal, vertical;
    private readonly int[]? nearestX, nearestY;

    /// <summary>Prepares to resize images of one shape.</summary>
    /// <param name="height">Source height in pixels.</param>
    /// <param name="width">Source width in pixels.</param>
    /// <param name="channels">Bytes per pixel.</param>
    /// <param name="targetHeight">Target height in pixels.</param>
    /// <param name="targetWidth">Target width in pixels.</param>
    /// <param name="filter">Interpolation.</param>
    public PillowResizer(int height, int width, int channels, int targetHeight, int targetWidth, PillowFilter filter)
    {
        foreach (int length in (ReadOnlySpan<int>)[height, width, channels, targetHeight, targetWidth])
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        (this.height, this.width, this.channels, this.targetHeight, this.targetWidth) = (height, width, channels, targetHeight, targetWidth);
        if (filter == PillowFilter.Nearest)
        {
            nearestX = NearestPositions(width, targetWidth);
            nearestY = NearestPositions(height, targetHeight);
            return;
        }
        (double radius, Func<double, double> kernel) = filter == PillowFilter.Bilinear ? (1.0, (Func<double, double>)Triangle) : (2.0, Cubic);
        horizontal = width == targetWidth ? null : new ResampleWeights(width, targetWidth, radius, kernel);
        vertical = height == targetHeight ? null : new ResampleWeights(height, targetHeight, radius, kernel);
    }

    /// <summary>Bytes of a source image.</summary>
    public int SourceLength => height * width * channels;

    /// <summary>Bytes of a resized image.</summary>
    public int TargetLength => targetHeight * targetWidth * channels;

    /// <summary>
    /// The two passes as matrices (target × source) of integers, the weights times 2^<see cref="WeightBits"/>; null where that side does not change.
    /// A pass is the product with the pixels plus half a unit, shifted down by <see cref="WeightBits"/> bits and cut to a byte; the horizontal one comes first.
    /// </summary>
    public (double[,]? Horizontal, double[,]? Vertical) Matrices() =>
        (Matrix(width, targetWidth, horizontal, nearestX), Matrix(height, targetHeight, vertical, nearestY));

    /// <summary>Resizes one image.</summary>
    /// <param name="source">Height × width × channels bytes, channel fastest.</param>
    /// <param name="target">Target height × target width × channels bytes, channel fastest; must not overlap the source.</param>
    public void Resize(ReadOnlySpan<byte> source, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, SourceLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, TargetLength);
        if (nearestX is not null)
            PickNearest(source, target);
        else if (horizontal is null && vertical is null)
            source.CopyTo(target);
        else if (vertical is null)
            Horizontal(source, target);
        else if (horizontal is null)
            Vertical(source, target);
        else
        {
            byte[] between = ArrayPool<byte>.Shared.Rent(height * targetWidth * channels);
            Horizontal(source, between);
            Vertical(between, target);
            ArrayPool<byte>.Shared.Return(between);
        }
    }

    private void Horizontal(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int y = 0; y < height; y++)
        {
            var from = source.Slice(y * width * channels, width * channels);
            var to = target.Slice(y * targetWidth * channels, targetWidth * channels);
            for (int x = 0; x < targetWidth; x++)
            {
                var weights = horizontal!.Of(x, out int first);
                for (int c = 0; c < channels; c++)
                {
                    int sum = Half, at = first * channels + c;
                    foreach (int weight in weights)
                    {
                        sum += from[at] * weight;
                        at += channels;
                    }
                    to[x * channels + c] = Clip(sum);
                }
            }
        }
    }

    // A whole row at a time, so that every inner loop runs over neighbours in memory.
    private void Vertical(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int row = targetWidth * channels;
        int[] buffer = ArrayPool<int>.Shared.Rent(row);
        var sums = buffer.AsSpan(0, row);
        for (int y = 0; y < targetHeight; y++)
        {
            var weights = vertical!.Of(y, out int first);
            sums.Fill(Half);
            for (int k = 0; k < weights.Length; k++)
                AddScaled(sums, source.Slice((first + k) * row, row), weights[k]);
            var to = target.Slice(y * row, row);
            for (int x = 0; x < sums.Length; x++)
                to[x] = Clip(sums[x]);
        }
        ArrayPool<int>.Shared.Return(buffer);
    }

    private static void AddScaled(Span<int> sums, ReadOnlySpan<byte> pixels, int weight)
    {
        int x = 0;
        for (; x <= sums.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(pixels.Slice(x, Vector128<byte>.Count)));
            var (a, b) = Vector128.Widen(low);
            var (c, d) = Vector128.Widen(high);
            Add(sums[x..], a.AsInt32(), weight);
            Add(sums[(x + 4)..], b.AsInt32(), weight);
            Add(sums[(x + 8)..], c.AsInt32(), weight);
            Add(sums[(x + 12)..], d.AsInt32(), weight);
        }
        for (; x < sums.Length; x++)
            sums[x] += pixels[x] * weight;
    }

    private static void Add(Span<int> sums, Vector128<int> pixels, int weight) => (Vector128.Create<int>(sums) + pixels * weight).CopyTo(sums);

    private void PickNearest(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int y = 0; y < targetHeight; y++)
            for (int x = 0; x < targetWidth; x++)
                source.Slice((nearestY![y] * width + nearestX![x]) * channels, channels).CopyTo(target[((y * targetWidth + x) * channels)..]);
    }

    private static double[,]? Matrix(int source, int target, ResampleWeights? weights, int[]? nearest)
    {
        if (weights is null && (nearest is null || source == target)) return null;
        var matrix = new double[target, source];
        for (int i = 0; i < target; i++)
        {
            if (nearest is not null)
            {
                matrix[i, nearest[i]] = 1 << WeightBits;
                continue;
            }
            var row = weights!.Of(i, out int first);
            for (int k = 0; k < row.Length; k++) matrix[i, first + k] = row[k];
        }
        return matrix;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> ResampleWeights.Precision, 0, byte.MaxValue);

    // Pillow adds up the step, rounding errors included (Geometry.c: ImagingScaleAffine).
    private static int[] NearestPositions(int source, int target)
    {
        var positions = new int[target];
        double step = (double)source / target, at = step * 0.5;
        for (int i = 0; i < target; i++, at += step)
            positions[i] = Math.Min((int)at, source - 1);
        return positions;
    }

    private static double Triangle(double x) => Math.Max(1 - Math.Abs(x), 0);

    private static double Cubic(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1
            : x < 2 ? (((x - 5) * x + 8) * x - 4) * a
            : 0;
    }
}
