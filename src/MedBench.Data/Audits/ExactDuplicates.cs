using System.Buffers.Binary;
using System.Security.Cryptography;
using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>Digests of an image as it is and as the least of its eight flips and quarter turns, which all eight have in common.</summary>
internal static class ExactDuplicates
{
    /// <summary>The two digests of image <paramref name="i"/>: 128 bits of SHA-256 over height, width and pixels.</summary>
    public static (UInt128 AsIs, UInt128 Turned) Digests(ImageSplit split, int i)
    {
        var image = split.Image(i);
        byte[] turned = new byte[8 + image.Length];
        UInt128 asIs = 0, least = UInt128.MaxValue;
        for (int symmetry = 0; symmetry < 8; symmetry++)
        {
            Turn(image, split, symmetry, turned);
            var digest = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(turned));
            if (symmetry == 0) asIs = digest;
            if (digest < least) least = digest;
        }
        return (asIs, least);
    }

    // Bits of a symmetry: 1 flips left and right, 2 upside down, 4 swaps rows and columns.
    private static void Turn(ReadOnlySpan<byte> image, ImageSplit split, int symmetry, Span<byte> target)
    {
        bool swap = (symmetry & 4) != 0;
        int height = swap ? split.Width : split.Height, width = swap ? split.Height : split.Width, channels = split.Channels;
        BinaryPrimitives.WriteInt32LittleEndian(target, height);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], width);
        var pixels = target[8..];
        if (symmetry == 0)
        {
            image.CopyTo(pixels);
            return;
        }
        int at = 0;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int row = swap ? x : y, column = swap ? y : x;
                if ((symmetry & 2) != 0) row = split.Height - 1 - row;
                if ((symmetry & 1) != 0) column = split.Width - 1 - column;
                int from = (row * split.Width + column) * channels;
                for (int c = 0; c < channels; c++) pixels[at++] = image[from + c];
            }
    }
}
