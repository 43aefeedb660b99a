using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using SkiaSharp;

namespace MedBench.Tests.Data.Pictures;

/// <summary>Small PNG and JPEG files of every kind, made byte by byte where no encoder here makes them.</summary>
internal static class PictureFixture
{
    public const int Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6;

    /// <summary>A PNG of the raw samples in rows, without filters.</summary>
    public static byte[] Png(int width, int height, int depth, int colour, byte[] samples, byte[]? palette = null)
    {
        var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)depth, (byte)colour);
        Chunk(png, "IHDR", header);
        if (palette is not null) Chunk(png, "PLTE", palette);
        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            for (int y = 0, row = samples.Length / height; y < height && row > 0; y++) zip.Write([0, .. samples.AsSpan(y * row, row)]);
        }
        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>A grey PNG of one value.</summary>
    public static byte[] Plain(int value, int width = 16, int height = 16)
    {
        var samples = new byte[width * height];
        samples.AsSpan().Fill((byte)value);
        return Png(width, height, 8, Grey, samples);
    }

    /// <summary>A 32 x 32 JPEG whose quarters are 0, 80 / 160, 240, with an EXIF orientation.</summary>
    public static byte[] Quarters(int orientation)
    {
        using var bitmap = new SKBitmap(32, 32, SKColorType.Gray8, SKAlphaType.Opaque);
        for (int i = 0; i < 1024; i++)
        {
            byte value = (byte)(80 * (i % 32 / 16 + 2 * (i / 512)));
            bitmap.SetPixel(i % 32, i / 32, new SKColor(value, value, value));
        }
        byte[] jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 100).ToArray();
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        return [.. jpeg.AsSpan(0, 2), .. exif, .. jpeg.AsSpan(2)];
    }

    /// <summary>An 8 x 8 JPEG of one colour, a value from 0 to 255 a component: 1 grey, 3 YCbCr, 4 CMYK as Adobe stores it (inverted).</summary>
    public static byte[] Jpeg(bool progressive, params byte[] components)
    {
        var jpeg = new List<byte> { 0xFF, 0xD8 };
        if (components.Length == 4) jpeg.AddRange([0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
        // A step of 8 makes the mean coefficient the value less 128.
        jpeg.AddRange([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64)]);
        jpeg.AddRange([0xFF, (byte)(progressive ? 0xC2 : 0xC0), 0, (byte)(8 + 3 * components.Length), 8, 0, 8, 0, 8, (byte)components.Length]);
        for (int c = 1; c <= components.Length; c++) jpeg.AddRange([(byte)c, 0x11, 0]);
        jpeg.AddRange([0xFF, 0xC4, 0, 28, 0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        jpeg.AddRange([0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        jpeg.AddRange([0xFF, 0xDA, 0, (byte)(6 + 2 * components.Length), (byte)components.Length]);
        for (int c = 1; c <= components.Length; c++) jpeg.AddRange([(byte)c, 0]);
        jpeg.AddRange([0, (byte)(progressive ? 0 : 63), 0]);
        string bits = string.Concat(components.Select(value =>
        {
            int mean = value - 128, length = mean == 0 ? 0 : (int)Math.Log2(Math.Abs(mean)) + 1;
            string code = length == 0 ? "" : Convert.ToString(mean < 0 ? mean + (1 << length) - 1 : mean, 2).PadLeft(length, '0');
            return Convert.ToString(length, 2).PadLeft(4, '0') + code + (progressive ? "" : "0");
        }));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        for (int i = 0; i < bits.Length; i += 8)
        {
            byte next = Convert.ToByte(bits.Substring(i, 8), 2);
            jpeg.Add(next);
            if (next == 0xFF) jpeg.Add(0);
        }
        jpeg.AddRange([0xFF, 0xD9]);
        return [.. jpeg];
    }

    private static void Chunk(Stream png, string type, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data], number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        png.Write(number);
    }
}
