using System.Globalization;
using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Pickles;

namespace MedBench.Models.Weights.Formats;

/// <summary>PyTorch's zip format (since 1.6): <c>NAME/data.pkl</c> with the objects, <c>NAME/data/KEY</c> with each storage.</summary>
internal static class PthZipFormat
{
    private const string Pickle = "/data.pkl";

    public static (IReadOnlyList<MappedTensor> Tensors, FoundStateDict Found) Parse(CheckpointBytes file, string? part)
    {
        var members = ZipDirectory.Read(file);
        string pickle = members.Keys.FirstOrDefault(name => name.EndsWith(Pickle, StringComparison.Ordinal))
            ?? throw file.Error("is a zip file without data.pkl", "unpack it if a checkpoint is inside");
        string folder = pickle[..^Pickle.Length];
        if (members.ContainsKey(folder + "/constants.pkl"))
            throw file.Error("is a TorchScript program, not a state dict", "in Python: torch.save(torch.jit.load(file).state_dict(), 'weights.pth')");

        var (start, length) = members[pickle];
        var root = new Unpickler(file, start, length).Load();
        bool bigEndian = members.TryGetValue(folder + "/byteorder", out var order) && file.Slice(order.Start, order.Length).SequenceEqual("big"u8);
        var found = StateDictFinder.Find(file, root, part);
        return (PthTensors.Locate(file, found.Tensors, bigEndian, storage =>
            members.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{folder}/data/{storage.Key}"), out var member)
                ? member
                : throw file.Error($"lacks the storage data/{storage.Key}")), found);
    }
}
