using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Formats;

/// <summary>Where a tensor's elements lie in a mapped file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Element type in the file.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Strides">Elements from one index to the next, per dimension.</param>
/// <param name="Start">Offset of the first element in the file, in bytes.</param>
/// <param name="BigEndian">Whether each element's bytes come most significant first.</param>
/// <param name="Decoded">The elements themselves, little-endian and row-major, where the file has them in no form that can be copied; else null.</param>
internal sealed record MappedTensor(string Name, ElementType Type, long[] Shape, long[] Strides, long Start, bool BigEndian = false, byte[]? Decoded = null)
{
    public long Elements { get; } = Shapes.Elements(Shape) ?? throw new ArgumentException("too large", nameof(Shape));

    public bool IsContiguous { get; } = Shapes.AreContiguous(Shape, Strides);
}
