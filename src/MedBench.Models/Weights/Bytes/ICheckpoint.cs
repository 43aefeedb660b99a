using System.Collections.ObjectModel;
using MedBench.Core.Errors;

namespace MedBench.Models.Weights.Bytes;

/// <summary>An open checkpoint file: what is in it is known, the values are read when asked for.</summary>
public interface ICheckpoint : IDisposable
{
    /// <summary>The file.</summary>
    string Path { get; }

    /// <summary>The tensors in the order of the file, names unique.</summary>
    IReadOnlyList<TensorEntry> Entries { get; }

    /// <summary>The wrapper that the tensors lay in, such as <c>state_dict_ema</c>; null where they lie at the top.</summary>
    string? Part => null;

    /// <summary>Other parts of the file that hold tensors and were not read, such as the raw weights beside averaged ones.</summary>
    IReadOnlyList<string> LeftParts => [];

    /// <summary>What every key began with and was taken off: <c>module.</c> of DataParallel, <c>_orig_mod.</c> of torch.compile; empty for nothing.</summary>
    string Prefix => "";

    /// <summary>The file's own notes by name, of safetensors (<c>__metadata__</c>); empty where it has none.</summary>
    IReadOnlyDictionary<string, string> Notes => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// Copies values of the tensor <paramref name="name"/> as stored (little-endian, row-major) into <paramref name="destination"/>.
    /// </summary>
    /// <param name="name">Its key.</param>
    /// <param name="destination">Filled whole.</param>
    /// <param name="offset">First byte of the tensor to copy, a whole number of elements; lets a caller read piece by piece.</param>
    /// <exception cref="MedBenchException">No tensor has that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> asks for more bytes than the tensor has, or for part of an element.</exception>
    void Read(string name, Span<byte> destination, long offset = 0);
}
