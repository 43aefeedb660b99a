using System.Text;
using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Formats;

/// <summary>
/// Where the members of an uncompressed zip file lie. (System.IO.Compression reads them as streams and does not tell.)
/// Source: PKWARE APPNOTE 6.3, sections 4.3 and 4.5.3.
/// </summary>
internal static class ZipDirectory
{
    public static readonly byte[] Magic = [(byte)'P', (byte)'K', 3, 4];

    private const uint LocalHeader = 0x04034b50, CentralHeader = 0x02014b50, End = 0x06054b50, End64 = 0x06064b50, Locator64 = 0x07064b50;
    private const int EndSize = 22, Locator64Size = 20, CentralSize = 46, LocalSize = 30;

    /// <summary>Offset and length of each member's bytes, by its name.</summary>
    public static Dictionary<string, (long Start, long Length)> Read(CheckpointBytes file)
    {
        var (count, position) = FindCentralDirectory(file);
        var members = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            if (file.UInt32(position) != CentralHeader) throw file.Error($"has no zip directory entry at offset {position}");
            int nameLength = file.UInt16(position + 28), extraLength = file.UInt16(position + 30), commentLength = file.UInt16(position + 32);
            string name = Encoding.UTF8.GetString(file.Slice(position + CentralSize, nameLength));
            bool encrypted = (file.UInt16(position + 8) & 1) != 0;
            if (encrypted || file.UInt16(position + 10) != 0) throw file.Error($"stores '{name}' compressed or encrypted, which torch.save never does", "save it again with torch.save");
            var (size, header) = SizeAndHeader(file, position, position + CentralSize + nameLength, extraLength, name);
            if (file.UInt32(header) != LocalHeader) throw file.Error($"has no zip member '{name}' at offset {header}");
            long start = header + LocalSize + file.UInt16(header + 26) + file.UInt16(header + 28);
            if (size > file.Length - start) throw file.Error($"ends inside '{name}'");
            if (!members.TryAdd(name, (start, size))) throw file.Error($"has the zip member '{name}' twice");
            position += CentralSize + nameLength + extraLength + commentLength;
        }
        return members;
    }

    private static (long Count, long Position) FindCentralDirectory(CheckpointBytes file)
    {
        // The end record is the last thing in the file, but for a comment of at most 65,535 bytes.
        for (long at = file.Length - EndSize; at >= Math.Max(0, file.Length - EndSize - ushort.MaxValue); at--)
        {
            if (file.UInt32(at) != End || at + EndSize + file.UInt16(at + 20) != file.Length) continue;
            long locator = at - Locator64Size;
            if (locator < 0 || file.UInt32(locator) != Locator64) return (file.UInt16(at + 10), file.UInt32(at + 16));
            long end64 = file.Int64(locator + 8);
            if (file.UInt32(end64) != End64) throw file.Error($"has no zip64 end record at offset {end64}");
            return (file.Int64(end64 + 32), file.Int64(end64 + 48));
        }
        throw file.Error("ends early: it begins as a zip file and has no zip directory");
    }

    private static (long Size, long Header) SizeAndHeader(CheckpointBytes file, long entry, long extra, int extraLength, string name)
    {
        // A field of all ones is in the zip64 extra field, where only such fields are, in this order.
        long size64 = file.UInt32(entry + 24), stored64 = file.UInt32(entry + 20), header64 = file.UInt32(entry + 42);
        for (long at = extra, end = extra + extraLength; at + 4 <= end; at += 4 + file.UInt16(at + 2))
        {
            if (file.UInt16(at) != 1) continue;
            long field = at + 4;
            long Widen(long value)
            {
                if (value != uint.MaxValue) return value;
                field += 8;
                return file.Int64(field - 8);
            }
            (size64, stored64, header64) = (Widen(size64), Widen(stored64), Widen(header64));
            break;
        }
        if (size64 != stored64) throw file.Error($"gives '{name}' two different sizes");
        return (size64, header64);
    }
}
