using System.Globalization;
using System.Numerics;
using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Pickles;

namespace MedBench.Models.Weights.Formats;

/// <summary>
/// PyTorch's format before 1.6: five pickles (magic number, protocol, system, objects, storage keys), then the storages,
/// each with its number of elements before it. Source: <c>_legacy_load</c> in torch/serialization.py.
/// </summary>
internal static class PthLegacyFormat
{
    public static readonly BigInteger MagicNumber = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public const long Protocol = 1001;

    public static (IReadOnlyList<MappedTensor> Tensors, FoundStateDict Found) Parse(CheckpointBytes file, string? part)
    {
        long position = 0;
        // Of all tensors in the file, an optimizer's included: each says how long its storage is.
        var types = new Dictionary<string, StorageRef>(StringComparer.Ordinal);
        object? Next()
        {
            var pickle = new Unpickler(file, position, file.Length - position);
            object? value = pickle.Load();
            position = pickle.Position;
            foreach (var storage in pickle.Storages) types[storage.Key] = storage;
            return value;
        }

        if (Next() is not BigInteger magic || magic != MagicNumber) throw file.Error("is a pickle, but not one that torch.save wrote", "in Python: torch.save(state_dict, 'weights.pth')");
        object? protocol = Next();
        if (protocol is not Protocol) throw file.Error($"has the protocol version {protocol}, not {Protocol}");
        Next();
        var found = StateDictFinder.Find(file, Next(), part);
        if (Next() is not List<object?> keys) throw file.Error("has no list of storage keys");

        var places = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        foreach (object? key in keys)
        {
            // Only a tensor tells the size of an element, so what follows an unused storage cannot be found.
            if (key is not string name || !types.TryGetValue(name, out var storage)) throw file.Error($"has a storage '{key}' that nothing in it uses", "save only the state dict: torch.save(checkpoint['state_dict'], 'weights.pth')");
            long elements = file.Int64(position), bytes = storage.Count * storage.ElementSize;
            if (elements != storage.Count) throw file.Error($"has {elements} elements in storage '{name}', but its tensors expect {storage.Count}");
            if (bytes > file.Length - position - 8) throw file.Error($"ends inside storage '{name}'");
            if (!places.TryAdd(name, (position + 8, bytes))) throw file.Error($"lists the storage '{name}' twice");
            position += 8 + bytes;
        }
        // Storages are little-endian whatever machine wrote them.
        return (PthTensors.Locate(file, found.Tensors, bigEndian: false, storage =>
            places.TryGetValue(storage.Key, out var place) ? place : throw file.Error($"lacks the storage '{storage.Key}'")), found);
    }
}
