using System.Buffers.Binary;
using System.IO.Compression;

namespace MedBench.Data.Pictures;

/// <summary>The samples of a 16-bit grey PNG, all 16 bits of them (PNG specification, third edition, sections 5, 7 and 9).</summary>
internal static class Grey16Png
{
    private const int Sample = 2;

    /// <summary>Reads height × width × channels samples in rows.</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="width">Pixels, as its header has it.</param>
    /// <param name="height">Pixels, as its header has it.</param>
    /// <param name="channels">1 (grey), or 2 (grey and alpha).</param>
    /// <exception cref="IOException">The file ends too early.</exception>
    /// <exception cref="InvalidDataException">A chunk or the compressed stream is damaged.</exception>
    /// <exception cref="NotSupportedException">It is interlaced.</exception>
    public static ushort[] Read(byte[] png, int width, int height, int channels)
    {
        if (png[28] != 0) throw new NotSupportedException("interlaced 16-bit PNG is not read; save it without interlacing");
        using var unpacked = new ZLibStream(Compressed(png), CompressionMode.Decompress);
        var samples = new ushort[width * height * channels];
        byte[] row = new byte[width * channels * Sample], above = new byte[row.Length];
        for (int y = 0; y < height; y++)
        {
            int filter = unpacked.ReadByte();
            if (filter < 0) throw new EndOfStreamException();
            unpacked.ReadExactly(row);
            Unfilter(filter, row, above, channels * Sample);
            for (int x = 0; x < width * channels; x++) samples[y * width * channels + x] = BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(x * Sample));
            (row, above) = (above, row);
        }
        return samples;
    }

    // The data chunks one after the other.
    private static MemoryStream Compressed(byte[] png)
    {
        var stream = new MemoryStream();
        for (int at = 8; at + 12 <= png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (length < 0 || at + 12L + length > png.Length) throw new EndOfStreamException();
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) stream.Write(png, at + 8, length);
            at += 12 + length;
        }
        stream.Position = 0;
        return stream;
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int pixel)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < pixel ? 0 : row[i - pixel], corner = i < pixel ? 0 : above[i - pixel];
            row[i] += filter switch
            {
                0 => (byte)0,
                1 => (byte)left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => (byte)Paeth(left, above[i], corner),
                _ => throw new InvalidDataException($"a row has the unknown filter {filter}"),
            };
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner, a = Math.Abs(estimate - left), b = Math.Abs(estimate - above), c = Math.Abs(estimate - corner);
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }
}
