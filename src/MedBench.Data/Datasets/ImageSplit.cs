using MedBench.Core.Files;

namespace MedBench.Data.Datasets;

/// <summary>
/// The images and labels of one split, or of some of its images. Images are views of a memory map, so that a split of 16 GB costs no managed memory.
/// Reading is safe from many threads until the <see cref="ImageDataset"/> that owns the map is disposed.
/// </summary>
public sealed class ImageSplit
{
    private readonly MappedFile _images;
    private readonly byte[] _labels;
    private readonly int[]? _indices;

    internal ImageSplit(MappedFile images, byte[] labels, int height, int width, int channels, int labelWidth, int[]? indices = null)
    {
        (_images, _labels, _indices) = (images, labels, indices);
        (Height, Width, Channels, LabelWidth) = (height, width, channels, labelWidth);
        Count = indices?.Length ?? labels.Length / labelWidth;
    }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>Image height in pixels.</summary>
    public int Height { get; }

    /// <summary>Image width in pixels.</summary>
    public int Width { get; }

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels { get; }

    /// <summary>Label entries per image: 1, or the number of findings of a multi-label dataset.</summary>
    public int LabelWidth { get; }

    /// <summary>The pixels of image <paramref name="i"/>: Height × Width × Channels bytes, channel fastest.</summary>
    public ReadOnlySpan<byte> Image(int i)
    {
        int length = Height * Width * Channels;
        return _images.Slice((long)SourceIndex(i) * length, length);
    }

    /// <summary>The label of image <paramref name="i"/>: its class, or 0 or 1 per finding; <see cref="LabelWidth"/> entries.</summary>
    public ReadOnlySpan<byte> Label(int i) => _labels.AsSpan(SourceIndex(i) * LabelWidth, LabelWidth);

    /// <summary>The class of image <paramref name="i"/>.</summary>
    /// <exception cref="InvalidOperationException">The dataset is multi-label, so an image has no one class.</exception>
    public int ClassOf(int i) => LabelWidth == 1 ? Label(i)[0] : throw new InvalidOperationException("a multi-label image has no one class");

    /// <summary>Where image <paramref name="i"/> stands in the split as published; differs from <paramref name="i"/> only in a subset.</summary>
    public int SourceIndex(int i)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(i);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, Count);
        return _indices?[i] ?? i;
    }

    /// <summary>The images at <paramref name="chosen"/>, in that order; shares this split's memory.</summary>
    /// <param name="chosen">Positions in this split, each in [0, Count).</param>
    public ImageSplit Subset(IReadOnlyList<int> chosen) =>
        new(_images, _labels, Height, Width, Channels, LabelWidth, [.. chosen.Select(SourceIndex)]);
}
