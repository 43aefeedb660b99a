using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Pickles;

/// <summary>A storage as a pickle names it.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Element type; null for an untyped storage, which counts bytes.</param>
/// <param name="Count">Elements, at least 0.</param>
/// <param name="Offset">Elements to skip: legacy files may name a part of a storage.</param>
internal sealed record StorageRef(string Key, ElementType? Type, long Count, long Offset)
{
    public int ElementSize => Type?.Size ?? 1;
}
