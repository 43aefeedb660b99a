using System.Buffers.Binary;
using System.Text.Json;
using MedBench.Data.Files;
using MedBench.Models.Weights.Formats;
using static TorchSharp.torch;

namespace MedBench.Models.Weights;

/// <summary>Writes safetensors files.</summary>
public static class SafetensorsWriter
{
    /// <summary>
    /// Writes <paramref name="entries"/> to <paramref name="path"/>, whole or not at all, one tensor after the other.
    /// The header keeps their order; the data goes by falling element size, so that every tensor is aligned.
    /// </summary>
    /// <exception cref="MedBench.Data.Errors.MedBenchException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">Two tensors have one name, or one is complex or quantised.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Tensor)> entries)
    {
        var placed = entries.OrderByDescending(e => ElementType.Of(e.Tensor.dtype).Size).ToList();
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        long end = 0;
        foreach (var (name, tensor) in placed) ends.Add(name, end += tensor.NumberOfElements * tensor.ElementSize);

        byte[] header = Header(entries, ends);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in placed) TensorTransfer.Write(stream, tensor);
        });
    }

    private static byte[] Header(IReadOnlyList<(string Name, Tensor Tensor)> entries, Dictionary<string, long> ends)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            // Python readers ask for it.
            json.WriteStartObject(SafetensorsFormat.MetadataKey);
            json.WriteString("format", "pt");
            json.WriteEndObject();
            foreach (var (name, tensor) in entries)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", ElementType.Of(tensor.dtype).Safetensors);
                WriteNumbers(json, "shape", tensor.shape);
                WriteNumbers(json, "data_offsets", [ends[name] - tensor.NumberOfElements * tensor.ElementSize, ends[name]]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
