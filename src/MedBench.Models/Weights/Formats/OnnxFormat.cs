using System.Buffers.Binary;
using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Formats;

/// <summary>
/// The initialisers of an ONNX model as a checkpoint: tensors by name. The graph itself is not looked at, let alone run.
/// Source of the field numbers: github.com/onnx/onnx, <c>onnx/onnx.proto</c>.
/// </summary>
internal static class OnnxFormat
{
    // ModelProto, GraphProto, TensorProto, StringStringEntryProto.
    private const int IrVersion = 1, Graph = 7, OpsetImport = 8;
    private const int Initializer = 5, SparseInitializer = 15;
    private const int Dims = 1, DataType = 2, Segment = 3, FloatData = 4, Int32Data = 5, StringData = 6, Int64Data = 7, Name = 8, RawData = 9, DoubleData = 10, UInt64Data = 11, ExternalData = 13;
    private const int Key = 1, Value = 2;

    // Numbers of variable length are decoded, not mapped; hardly anything but shapes is written so.
    private const long MaxDecoded = 1L << 30;

    /// <summary>Whether a file begins as a model does: its IR version, then a text, the model's version, or its graph.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.Length > 2 && head[0] == (IrVersion << 3) && head[1] is > 0 and < 0x80 && head[2] is 0x12 or 0x1a or 0x22 or 0x28 or 0x32 or 0x3a or 0x42;

    public static IReadOnlyList<MappedTensor> Parse(CheckpointBytes file)
    {
        var model = Protobuf.Fields(file, 0, file.Length).ToLookup(f => f.Number);
        // An ONNX model has its opsets behind its graph, so a file that was cut between them lacks them.
        if (!model.Contains(OpsetImport)) throw file.Error("ends early, or is no ONNX model: it names no operator set");
        if (model[Graph].Count() != 1) throw file.Error($"has {model[Graph].Count()} ONNX graphs, not one");
        var tensors = new List<MappedTensor>();
        foreach (var field in model[Graph].Single().Fields(file))
        {
            if (field.Number == SparseInitializer) throw file.Error("holds sparse initialisers, which no network here has", "export the model with dense weights");
            if (field.Number == Initializer) tensors.Add(Tensor(file, field));
        }
        if (tensors.Count == 0) throw file.Error("holds no initialisers: its weights are elsewhere", "export the model with its weights (export_params=True)");
        return tensors;
    }

    /// <summary>The files beside a model that hold values of its initialisers, each once.</summary>
    /// <exception cref="Core.Errors.MedBenchException">The file is damaged, or names none where it should.</exception>
    public static IEnumerable<string> ExternalFiles(CheckpointBytes file) =>
        Protobuf.Fields(file, 0, file.Length).Where(f => f.Number == Graph).SelectMany(g => g.Fields(file)).Where(f => f.Number == Initializer)
            .Select(i => i.Fields(file).Where(f => f.Number == ExternalData).ToList()).Where(e => e.Count > 0)
            .Select(e => Location(file, e) ?? throw file.Error("keeps weights in a file that it does not name")).Distinct();

    private static MappedTensor Tensor(CheckpointBytes file, ProtobufField message)
    {
        var fields = message.Fields(file).ToLookup(f => f.Number);
        if (fields[Name].Count() != 1) throw file.Error($"has an initialiser with {fields[Name].Count()} names at offset {message.Start}");
        string name = fields[Name].Single().Text(file);
        if (fields.Contains(ExternalData)) throw file.Error($"keeps '{name}' in the file {(Location(file, fields[ExternalData]) is { } place ? $"'{place}'" : "that it does not name")} beside it, which is not read", "save the model with its weights inside: onnx.save(onnx.load(path), 'one.onnx')");
        if (fields.Contains(Segment)) throw file.Error($"holds '{name}' in segments, which no exporter writes");
        long code = fields[DataType].LastOrDefault().Value;
        var type = ElementType.All.FirstOrDefault(t => t.Onnx == code)
            ?? throw file.Error($"holds '{name}' as ONNX data type {code}, which is not supported", $"convert it to one of {string.Join(", ", ElementType.All.Select(t => $"{t.Torch} ({t.Onnx})"))}");
        long[] shape = [.. fields[Dims].SelectMany(f => f.Integers(file)).Take(Shapes.MaxDimensions + 1)];
        long elements = Shapes.Elements(shape) ?? throw file.Error($"has an impossible shape {Shapes.Text(shape)} for '{name}'");

        int list = ListOf(type);
        ProtobufField[] values = [.. fields[RawData].Any() ? fields[RawData] : fields[list]];
        int[] kinds = [.. ((int[])[FloatData, Int32Data, StringData, Int64Data, RawData, DoubleData, UInt64Data]).Where(fields.Contains)];
        if (kinds.Length > 1 || kinds.Any(k => k != RawData && k != list) || (kinds is [RawData] && values.Length > 1))
            throw file.Error($"gives '{name}' values in a form that does not belong to {type.Torch}");
        var row = new MappedTensor(name, type, shape, Shapes.RowMajor(shape), message.Start);
        if (values is [{ Wire: WireType.Bytes } one] && (kinds is [RawData] || list is FloatData or DoubleData))
            return one.Length == elements * type.Size ? row with { Start = one.Start } : throw Unlike(one.Length);
        if (elements * type.Size > MaxDecoded || elements > values.Sum(v => v.Length)) throw Unlike(values.Sum(v => v.Length));
        byte[] decoded = list is FloatData or DoubleData ? Join(file, values) : Decode(file, values, type.Size, elements);
        return decoded.Length == elements * type.Size ? row with { Decoded = decoded } : throw Unlike(decoded.Length);

        Exception Unlike(long bytes) => file.Error($"gives '{name}' {bytes} bytes, but {type.Torch} {Shapes.Text(shape)} needs {elements} values, {elements * type.Size} bytes");
    }

    // Where onnx.proto puts the values of a type that are not raw bytes.
    private static int ListOf(ElementType type) => type.Torch switch
    {
        "float32" => FloatData,
        "float64" => DoubleData,
        "int64" => Int64Data,
        _ => Int32Data,
    };

    private static byte[] Join(CheckpointBytes file, ProtobufField[] values)
    {
        var bytes = new MemoryStream();
        foreach (var value in values) bytes.Write(file.Slice(value.Start, value.Length));
        return bytes.ToArray();
    }

    // The low bytes of each number: 16-bit floats are stored as their bits.
    private static byte[] Decode(CheckpointBytes file, ProtobufField[] values, int size, long elements)
    {
        var bytes = new byte[elements * size];
        Span<byte> wide = stackalloc byte[sizeof(long)];
        int at = 0;
        foreach (long value in values.SelectMany(v => v.Integers(file)))
        {
            if (at == bytes.Length) return [];
            BinaryPrimitives.WriteInt64LittleEndian(wide, value);
            wide[..size].CopyTo(bytes.AsSpan(at));
            at += size;
        }
        return at == bytes.Length ? bytes : [];
    }

    private static string? Location(CheckpointBytes file, IEnumerable<ProtobufField> entries) =>
        entries.Select(e => e.Fields(file).ToLookup(f => f.Number)).FirstOrDefault(e => e[Key].Any(k => k.Text(file) == "location"))?[Value].FirstOrDefault() is { Wire: WireType.Bytes } place
            ? place.Text(file)
            : null;
}
