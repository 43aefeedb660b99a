using System.Globalization;
using System.IO.Compression;
using MedBench.Core.Files;
using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Formats;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>Writes state dicts that <c>torch.load</c> reads.</summary>
internal static class PthWriter
{
    // Zip's earliest date: the same tensors give the same bytes.
    private static readonly DateTimeOffset s_noDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes <paramref name="entries"/> to <paramref name="path"/>, whole or not at all, one tensor after the other.</summary>
    /// <param name="path">The file.</param>
    /// <param name="entries">Names, unique, and tensors; each is stored on its own, also where two share memory.</param>
    /// <param name="legacy">The format before PyTorch 1.6 instead of the zip format.</param>
    /// <exception cref="MedBench.Core.Errors.MedBenchException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">Two tensors have one name, or one is complex or quantised.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Tensor)> entries, bool legacy = false)
    {
        if (entries.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new ArgumentException($"two tensors are called '{twice.Key}'", nameof(entries));
        AtomicFile.Write(path, stream =>
        {
            if (legacy) WriteLegacy(stream, entries);
            else WriteZip(stream, entries);
        });
    }

    private static void WriteZip(Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> entries)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        void Member(string name, Action<Stream> write)
        {
            var member = zip.CreateEntry("archive/" + name, CompressionLevel.NoCompression);
            member.LastWriteTime = s_noDate;
            using var content = member.Open();
            write(content);
        }

        Member("data.pkl", s => new Pickler(s).DumpStateDict(entries, legacy: false));
        Member("byteorder", s => s.Write("little"u8));
        for (int i = 0; i < entries.Count; i++)
        {
            var tensor = entries[i].Tensor;
            Member(string.Create(CultureInfo.InvariantCulture, $"data/{i}"), s => TensorTransfer.Write(s, tensor));
        }
        Member("version", s => s.Write("3\n"u8));
    }

    private static void WriteLegacy(Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> entries)
    {
        var pickler = new Pickler(stream);
        pickler.Dump(PthLegacyFormat.MagicNumber);
        pickler.Dump(PthLegacyFormat.Protocol);
        pickler.Dump(new Dictionary<string, object>
        {
            ["protocol_version"] = PthLegacyFormat.Protocol,
            ["little_endian"] = true,
            ["type_sizes"] = new Dictionary<string, object> { ["short"] = 2L, ["int"] = 4L, ["long"] = 4L },
        });
        pickler.DumpStateDict(entries, legacy: true);
        pickler.Dump(Enumerable.Range(0, entries.Count).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        foreach (var (_, tensor) in entries)
        {
            stream.Write(BitConverter.GetBytes(tensor.NumberOfElements));
            TensorTransfer.Write(stream, tensor);
        }
    }
}
