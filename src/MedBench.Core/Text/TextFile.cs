using System.Buffers;
using System.Text;
using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>Text files that people write: UTF-8, with or without a byte-order mark, with any line ends. Anything else is an error with its place, never a replacement character.</summary>
public static class TextFile
{
    // Far above any file that people write, far below what would fill a memory.
    private const long Largest = 64 << 20;

    private static readonly (byte[] Mark, string Name)[] s_others = [([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16"), ([0x00, 0x00, 0xFE, 0xFF], "UTF-32")];

    /// <summary>The text of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MedBenchException">It cannot be read, is not UTF-8, or has more than 64 MiB.</exception>
    public static string Read(string path) => Decode(Bytes(path), path);

    /// <summary>The bytes of a file.</summary>
    /// <inheritdoc cref="Read"/>
    public static byte[] Bytes(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // A pipe or a device has no length, and may have no end.
            using var content = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, Largest) : 0);
            var piece = new byte[1 << 16];
            for (int read; (read = stream.Read(piece)) > 0; content.Write(piece, 0, read))
                if (content.Length > Largest) throw new MedBenchException($"{path} has more than {Largest >> 20} MiB: it is no text file of this program", "name another file");
            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot read {path}: {e.Message}", Directory.Exists(path) ? "name a file, not a folder" : "check that the file exists and that you may read it", e);
        }
    }

    /// <summary>The text of bytes in UTF-8, without a byte-order mark.</summary>
    /// <param name="bytes">Whole content.</param>
    /// <param name="file">Name to show in errors.</param>
    /// <exception cref="MedBenchException">They are not UTF-8; says line, column and byte.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string file) => Encoding.UTF8.GetString(Checked(bytes, file));

    /// <summary>The same bytes without a byte-order mark, checked to be UTF-8.</summary>
    /// <inheritdoc cref="Decode"/>
    public static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> bytes, string file)
    {
        foreach (var (mark, name) in s_others)
            if (bytes.StartsWith(mark)) throw new MedBenchException($"{file} is {name}", "save it as UTF-8");
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (FirstInvalid(bytes) is not (>= 0 and var at)) return bytes;
        var before = bytes[..at];
        int line = before.Count((byte)'\n') + 1, column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        throw new MedBenchException($"{file}:{line}:{column}: not UTF-8 (byte {bytes[at]:X2})", "save it as UTF-8 (in Excel: CSV UTF-8)");
    }

    // -1 where all is.
    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return -1;
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == OperationStatus.Done) at += length;
        return at;
    }
}
