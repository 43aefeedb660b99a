using System.Text.Json;
using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Formats;

/// <summary>
/// The safetensors format: 8 bytes header length, a JSON header, then the tensors without gap or overlap.
/// Source: the format section of github.com/huggingface/safetensors and the checks of its Rust reader.
/// </summary>
internal static class SafetensorsFormat
{
    /// <summary>Key of the file's own notes, strings by name; not a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    private const int MaxHeader = 100_000_000;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static (IReadOnlyList<MappedTensor> Tensors, IReadOnlyDictionary<string, string> Notes) Parse(CheckpointBytes file)
    {
        long length = file.Int64(0);
        if (length > MaxHeader) throw file.Error($"has a header of {length} bytes, more than the {MaxHeader} that safetensors allows");
        long data = 8 + length;
        if (data > file.Length) throw file.Error($"ends inside its header of {length} bytes");
        try
        {
            using var header = JsonDocument.Parse(file.Slice(8, length).ToArray(), s_strict);
            if (header.RootElement.ValueKind != JsonValueKind.Object) throw file.Error("has a header that is not a JSON object");
            var tensors = new List<MappedTensor>();
            var notes = new Dictionary<string, string>();
            foreach (var property in header.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey) notes = Notes(file, property.Value);
                else tensors.Add(Tensor(file, property.Name, property.Value, data));
            }
            CheckLayout(file, tensors, data);
            return (tensors, notes);
        }
        // InvalidOperationException: a string escape that is not valid Unicode, found only when it is looked at.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw file.Error($"has a header that is not valid JSON: {e.Message}", cause: e);
        }
    }

    private static Dictionary<string, string> Notes(CheckpointBytes file, JsonElement metadata) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.String)
            ? metadata.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!)
            : throw file.Error($"has a {MetadataKey} that is not an object of strings");

    private static MappedTensor Tensor(CheckpointBytes file, string name, JsonElement json, long data)
    {
        HeaderEntry entry;
        try
        {
            entry = json.Deserialize<HeaderEntry>(JsonSerializerOptions.Strict)!;
        }
        catch (JsonException e)
        {
            throw file.Error($"has an entry '{name}' that is not {{dtype, shape, data_offsets}}: {e.Message}", cause: e);
        }
        if (entry is not { dtype: { } dtype, shape: { } shape, data_offsets: [>= 0 and var begin, var end] } || begin > end)
            throw file.Error($"has an entry '{name}' without a dtype, a shape and two ascending data_offsets");
        var type = ElementType.All.FirstOrDefault(t => t.Safetensors == dtype)
            ?? throw file.Error($"holds '{name}' as {dtype}, which is not supported", $"convert it to one of {string.Join(", ", ElementType.All.Select(t => t.Safetensors))}");
        long elements = Shapes.Elements(shape) ?? throw file.Error($"has an impossible shape {Shapes.Text(shape)} for '{name}'");
        if (elements * type.Size != end - begin)
            throw file.Error($"gives '{name}' {end - begin} bytes, but {dtype} {Shapes.Text(shape)} needs {elements * type.Size}");
        if (end > file.Length - data) throw file.Error($"ends inside '{name}': its bytes {begin} to {end} of {file.Length - data}");
        return new MappedTensor(name, type, shape, Shapes.RowMajor(shape), data + begin);
    }

    private static void CheckLayout(CheckpointBytes file, IEnumerable<MappedTensor> tensors, long position)
    {
        // An empty tensor may share its offset with the next one, so it comes first.
        foreach (var tensor in tensors.OrderBy(t => t.Start).ThenBy(t => t.Elements))
        {
            if (tensor.Start < position) throw file.Error($"stores '{tensor.Name}' over another tensor");
            if (tensor.Start > position) throw file.Error($"has a gap of {tensor.Start - position} bytes before '{tensor.Name}'");
            position += tensor.Elements * tensor.Type.Size;
        }
        if (position != file.Length) throw file.Error($"has {file.Length - position} bytes after its last tensor");
    }

    // Names as in the file.
#pragma warning disable IDE1006
    private sealed record HeaderEntry(string dtype, long[] shape, long[] data_offsets);
#pragma warning restore IDE1006
}
