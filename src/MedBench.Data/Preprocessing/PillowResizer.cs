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
    private readonly int _height, _width, _channels, _targetHeight, _targetWidth;
    private readonly ResampleWeights? _horizontal, _vertical;
    private readonly int[]? _nearestX, _nearestY;

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
        (_height, _width, _channels, _targetHeight, _targetWidth) = (height, width, channels, targetHeight, targetWidth);
        if (filter == PillowFilter.Nearest)
        {
            _nearestX = NearestPositions(width, targetWidth);
            _nearestY = NearestPositions(height, targetHeight);
            return;
        }
        (double radius, Func<double, double> kernel) = filter == PillowFilter.Bilinear ? (1.0, (Func<double, double>)Triangle) : (2.0, Cubic);
        _horizontal = width == targetWidth ? null : new ResampleWeights(width, targetWidth, radius, kernel);
        _vertical = height == targetHeight ? null : new ResampleWeights(height, targetHeight, radius, kernel);
    }

    /// <summary>Bytes of a source image.</summary>
    public int SourceLength => _height * _width * _channels;

    /// <summary>Bytes of a resized image.</summary>
    public int TargetLength => _targetHeight * _targetWidth * _channels;

    /// <summary>
    /// The two passes as matrices (target × source) of integers, the weights times 2^<see cref="WeightBits"/>; null where that side does not change.
    /// A pass is the product with the pixels plus half a unit, shifted down by <see cref="WeightBits"/> bits and cut to a byte; the horizontal one comes first.
    /// </summary>
    public (double[,]? Horizontal, double[,]? Vertical) Matrices() =>
        (Matrix(_width, _targetWidth, _horizontal, _nearestX), Matrix(_height, _targetHeight, _vertical, _nearestY));

    /// <summary>Resizes one image.</summary>
    /// <param name="source">Height × width × channels bytes, channel fastest.</param>
    /// <param name="target">Target height × target width × channels bytes, channel fastest; must not overlap the source.</param>
    public void Resize(ReadOnlySpan<byte> source, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, SourceLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, TargetLength);
        if (_nearestX is not null)
            PickNearest(source, target);
        else if (_horizontal is null && _vertical is null)
            source.CopyTo(target);
        else if (_vertical is null)
            Horizontal(source, target);
        else if (_horizontal is null)
            Vertical(source, target);
        else
        {
            byte[] between = ArrayPool<byte>.Shared.Rent(_height * _targetWidth * _channels);
            Horizontal(source, between);
            Vertical(between, target);
            ArrayPool<byte>.Shared.Return(between);
        }
    }

    private void Horizontal(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int y = 0; y < _height; y++)
        {
            var from = source.Slice(y * _width * _channels, _width * _channels);
            var to = target.Slice(y * _targetWidth * _channels, _targetWidth * _channels);
            for (int x = 0; x < _targetWidth; x++)
            {
                var weights = _horizontal!.Of(x, out int first);
                for (int c = 0; c < _channels; c++)
                {
                    int sum = Half, at = first * _channels + c;
                    foreach (int weight in weights)
                    {
                        sum += from[at] * weight;
                        at += _channels;
                    }
                    to[x * _channels + c] = Clip(sum);
                }
            }
        }
    }

    // A whole row at a time, so that every inner loop runs over neighbours in memory.
    private void Vertical(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int row = _targetWidth * _channels;
        int[] buffer = ArrayPool<int>.Shared.Rent(row);
        var sums = buffer.AsSpan(0, row);
        for (int y = 0; y < _targetHeight; y++)
        {
            var weights = _vertical!.Of(y, out int first);
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
        for (int y = 0; y < _targetHeight; y++)
            for (int x = 0; x < _targetWidth; x++)
                source.Slice((_nearestY![y] * _width + _nearestX![x]) * _channels, _channels).CopyTo(target[((y * _targetWidth + x) * _channels)..]);
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
        const double A = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((A + 2) * x - (A + 3)) * x * x + 1
            : x < 2 ? (((x - 5) * x + 8) * x - 4) * A
            : 0;
    }
}
