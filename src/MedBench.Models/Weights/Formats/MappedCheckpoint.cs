using System.Collections.ObjectModel;
using MedBench.Core.Errors;
using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Formats;

/// <summary>A checkpoint of any format, once its parser has said where the elements lie.</summary>
internal sealed class MappedCheckpoint : ICheckpoint
{
    // Of DataParallel, torch.compile (clean_state_dict in timm/models/_helpers.py) and DINO: how a model was run, and not part of a name.
    private static readonly string[] s_prefixes = ["module.", "_orig_mod.", "backbone."];

    private readonly CheckpointBytes _file;
    private readonly Dictionary<string, MappedTensor> _tensors = new(StringComparer.Ordinal);

    public MappedCheckpoint(CheckpointBytes file, IReadOnlyList<MappedTensor> tensors)
    {
        _file = file;
        while (s_prefixes.FirstOrDefault(p => tensors.Count > 0 && tensors.All(t => t.Name.Length > Prefix.Length + p.Length && t.Name.AsSpan(Prefix.Length).StartsWith(p))) is { } prefix) Prefix += prefix;
        foreach (var tensor in tensors)
            if (!_tensors.TryAdd(tensor.Name[Prefix.Length..], tensor)) throw file.Error($"has the key '{tensor.Name}' twice");
        Entries = [.. tensors.Select(t => new TensorEntry(t.Name[Prefix.Length..], t.Type.Type, t.Shape))];
    }

    public string Path => _file.Path;

    public IReadOnlyList<TensorEntry> Entries { get; }

    public string? Part { get; init; }

    public IReadOnlyList<string> LeftParts { get; init; } = [];

    public string Prefix { get; } = "";

    public IReadOnlyDictionary<string, string> Notes { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public void Read(string name, Span<byte> destination, long offset = 0)
    {
        if (!_tensors.TryGetValue(name, out var tensor)) throw Names.Unknown($"tensor in {Path}", name, _tensors.Keys);
        int size = tensor.Type.Size;
        if (offset < 0 || offset % size != 0 || destination.Length % size != 0 || offset > tensor.Elements * size - destination.Length)
            throw new ArgumentOutOfRangeException(nameof(destination), $"bytes {offset} to {offset + destination.Length} of '{name}', which has {tensor.Elements * size}");
        if (destination.IsEmpty) return;
        if (tensor.Decoded is { } decoded) decoded.AsSpan((int)offset, destination.Length).CopyTo(destination);
        else if (tensor.IsContiguous) _file.Slice(tensor.Start + offset, destination.Length).CopyTo(destination);
        else Gather(tensor, offset / size, destination);
        if (tensor.BigEndian)
            for (int i = 0; i < destination.Length; i += size) destination.Slice(i, size).Reverse();
    }

    public void Dispose() => _file.Dispose();

    // Walks the view like an odometer, from the row-major element number `first`.
    private void Gather(MappedTensor tensor, long first, Span<byte> destination)
    {
        int size = tensor.Type.Size;
        long element = 0;
        var index = new long[tensor.Shape.Length];
        for (int d = index.Length - 1; d >= 0; d--)
        {
            (first, index[d]) = Math.DivRem(first, tensor.Shape[d]);
            element += index[d] * tensor.Strides[d];
        }
        for (int to = 0; to < destination.Length; to += size)
        {
            _file.Slice(tensor.Start + element * size, size).CopyTo(destination[to..]);
            for (int d = index.Length - 1; d >= 0; d--)
            {
                element += tensor.Strides[d];
                if (++index[d] < tensor.Shape[d]) break;
                element -= index[d] * tensor.Strides[d];
                index[d] = 0;
            }
        }
    }
}
