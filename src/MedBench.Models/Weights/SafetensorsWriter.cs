using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using MedBench.Core.Files;
using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Formats;
using static TorchSharp.torch;

namespace MedBench.Models.Weights;

/// <summary>Writes safetensors files.</summary>
public static class SafetensorsWriter
{
    /// <summary>Note of <see cref="WriteRows"/>: checksum of the tensor's bytes.</summary>
    public const string ChecksumNote = "xxh3";

    /// <summary>Note of <see cref="WriteRows"/>: what the numbers are of.</summary>
    public const string SourceNote = "source";

    // The checksum is known when all is written, so its place, the first of the notes, is kept free.
    private static readonly string s_noChecksum = new('0', 16);
    private static readonly long s_checksumPlace = 8 + $"{{'{SafetensorsFormat.MetadataKey}':{{'{ChecksumNote}':'".Length;

    /// <summary>
    /// Writes <paramref name="entries"/> to <paramref name="path"/>, whole or not at all, one tensor after the other.
    /// The header keeps their order; the data goes by falling element size, so that every tensor is aligned.
    /// </summary>
    /// <exception cref="MedBench.Core.Errors.MedBenchException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">Two tensors have one name, or one is complex or quantised.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Tensor)> entries)
    {
        var placed = entries.OrderByDescending(e => ElementType.Of(e.Tensor.dtype).Size).ToList();
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        long end = 0;
        foreach (var (name, tensor) in placed) ends.Add(name, end += tensor.NumberOfElements * tensor.ElementSize);

        AtomicFile.Write(path, stream =>
        {
            WriteHeader(stream, [.. entries.Select(e => (new TensorEntry(e.Name, e.Tensor.dtype, e.Tensor.shape), ends[e.Name]))]);
            foreach (var (_, tensor) in placed) TensorTransfer.Write(stream, tensor);
        });
    }

    /// <summary>
    /// Writes one tensor that is never whole in memory: <paramref name="pieces"/> are runs of its rows, in order, and are
    /// asked for while the file is being written. An exception of theirs leaves no file.
    /// With a <paramref name="source"/> the file's notes name it, and carry the <see cref="CacheChecksum"/> of the tensor's bytes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="rows">Length of its first dimension: that of all pieces together.</param>
    /// <param name="pieces">At least one; of one dtype, and of one shape but for the first dimension.</param>
    /// <param name="source">What the numbers are of, in ASCII.</param>
    /// <exception cref="MedBench.Core.Errors.MedBenchException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The pieces have more or fewer rows.</exception>
    public static void WriteRows(string path, string name, long rows, IEnumerable<Tensor> pieces, string? source = null) => AtomicFile.Write(path, stream =>
    {
        long written = 0, data = 0;
        foreach (var piece in pieces)
        {
            if (written == 0)
            {
                long rowBytes = piece.NumberOfElements / piece.shape[0] * piece.ElementSize;
                WriteHeader(stream, [(new TensorEntry(name, piece.dtype, [rows, .. piece.shape[1..]]), rows * rowBytes)], source);
                data = stream.Position;
            }
            TensorTransfer.Write(stream, piece);
            written += piece.shape[0];
        }
        if (written != rows) throw new ArgumentException($"{written} rows of {rows}", nameof(pieces));
        if (source is null) return;
        byte[] checksum = Encoding.ASCII.GetBytes(CacheChecksum.Of(stream, data));
        stream.Position = s_checksumPlace;
        stream.Write(checksum);
    });

    private static void WriteHeader(Stream stream, IReadOnlyList<(TensorEntry Tensor, long End)> entries, string? source = null)
    {
        byte[] header = Header(entries, source);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
    }

    private static byte[] Header(IReadOnlyList<(TensorEntry Tensor, long End)> entries, string? source)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            // Python readers ask for it.
            json.WriteStartObject(SafetensorsFormat.MetadataKey);
            if (source is not null) json.WriteString(ChecksumNote, s_noChecksum);
            json.WriteString("format", "pt");
            if (source is not null) json.WriteString(SourceNote, source);
            json.WriteEndObject();
            foreach (var (tensor, end) in entries)
            {
                var type = ElementType.Of(tensor.Type);
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", type.Safetensors);
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [end - tensor.Shape.Aggregate((long)type.Size, (bytes, size) => bytes * size), end]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
