using System.Buffers.Binary;
using MedBench.Core.Errors;
using MedBench.Data.Preprocessing;
using SkiaSharp;

namespace MedBench.Data.Pictures;

/// <summary>
/// A PNG or JPEG file, read by Skia: progressive and CMYK JPEG, palettes and any bit depth included. Sample values are taken as stored, without colour management.
/// What it is, its bytes say, not its name.
/// </summary>
internal sealed class PictureFile : IDisposable
{
    // 8192 x 8192: far above what is shrunk to a network's input, far below what fills a memory.
    private const long MostPixels = 1 << 26;

    // Of PNG's colour types.
    private const int GreyAlpha = 4;

    private readonly byte[] _bytes;
    private readonly SKCodec _codec;

    /// <summary>Looks at a file's header.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="place">Where it is named, for errors.</param>
    /// <exception cref="MedBenchException">It is no PNG or JPEG, or has too many pixels.</exception>
    public PictureFile(byte[] bytes, string place)
    {
        (_bytes, Place) = (bytes, place);
        if (bytes.Length == 0) throw Error("is an empty file", "copy it again, or take it out");
        if (bytes.AsSpan().StartsWith("DICM"u8) || (bytes.Length > 132 && bytes.AsSpan(128, 4).SequenceEqual("DICM"u8)))
            throw Error("is a DICOM file, which is not read here", "convert it to PNG first, for example with dcmj2pnm of DCMTK, with the window that shows what matters");
        using var data = SKData.CreateCopy(bytes);
        _codec = SKCodec.Create(data) ?? throw Error(IsPng || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? "is damaged: its header cannot be read" : "is no PNG or JPEG file", "convert it to PNG, or take it out");
        if (_codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg))
        {
            string format = $"{_codec.EncodedFormat}".ToUpperInvariant();
            _codec.Dispose();
            throw Error($"is a {format} file", "convert it to PNG");
        }
        if ((long)_codec.Info.Width * _codec.Info.Height > MostPixels)
        {
            var (width, height) = (_codec.Info.Width, _codec.Info.Height);
            _codec.Dispose();
            throw Error($"has {width} x {height} pixels; at most {MostPixels} are unpacked", "shrink it, or cut patches out of it");
        }
    }

    /// <summary>Where it is named.</summary>
    public string Place { get; }

    /// <summary>Whether it holds greys, by its header.</summary>
    public bool IsGrey => IsPng ? PngColour is 0 or GreyAlpha : _codec.Info.ColorType == SKColorType.Gray8;

    private bool IsPng => _bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']);

    // The header chunk comes first: its depth and colour type.
    private int PngDepth => _bytes[24];

    private int PngColour => _bytes[25];

    /// <summary>Size × size × channels bytes, channel fastest.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="traits">What was done on the way.</param>
    /// <exception cref="MedBenchException">The file is cut off or damaged, or not square and nothing says what to do about that.</exception>
    public byte[] Read(PictureOptions options, out PictureTraits traits)
    {
        traits = PictureTraits.None;
        byte[] pixels = IsPng && PngDepth == 16 && PngColour is 0 or GreyAlpha ? Deep(options, ref traits) : Plain(options, ref traits);
        var (width, height) = (_codec.Info.Width, _codec.Info.Height);
        if (_codec.EncodedOrigin is not (SKEncodedOrigin.TopLeft or 0))
        {
            (pixels, width, height) = Turn(pixels, width, height, options.Channels, _codec.EncodedOrigin);
            traits |= PictureTraits.Turned;
        }
        if (width != height)
        {
            traits |= PictureTraits.Reshaped;
            var square = options.Square ?? throw Error($"is {width} x {height} px, and the card does not say how it becomes square", "add 'square: crop' (around the centre), 'square: pad' (on black) or 'square: scale' (shapes change) to the card");
            if (square != SquareMode.Scale) (pixels, width, height) = Reshape(pixels, width, height, options.Channels, square == SquareMode.Crop ? Math.Min(width, height) : Math.Max(width, height));
        }
        if (width < options.Size || height < options.Size) traits |= PictureTraits.Enlarged;
        if (width == options.Size && height == options.Size) return pixels;
        var resized = new byte[options.Size * options.Size * options.Channels];
        new PillowResizer(height, width, options.Channels, options.Size, options.Size, PillowFilter.Bicubic).Resize(pixels, resized);
        return resized;
    }

    /// <inheritdoc/>
    public void Dispose() => _codec.Dispose();

    private byte[] Plain(PictureOptions options, ref PictureTraits traits)
    {
        if (options.Window is not null) traits |= PictureTraits.Unwindowed;
        using var bitmap = new SKBitmap(new SKImageInfo(_codec.Info.Width, _codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        switch (_codec.GetPixels(bitmap.Info, bitmap.GetPixels()))
        {
            case SKCodecResult.Success when IsPng || HasEnd(_bytes): break;
            case SKCodecResult.Success or SKCodecResult.IncompleteInput: throw Error("is cut off: pixels are missing at its end", "copy it again, or take it out");
            case var other: throw Error($"is damaged: {other}", "copy it again, or take it out");
        }
        var from = bitmap.GetPixelSpan();
        var to = new byte[bitmap.Width * bitmap.Height * options.Channels];
        for (int i = 0, at = 0; i < from.Length; i += 4)
        {
            int alpha = from[i + 3], red = OnBlack(from[i], alpha), green = OnBlack(from[i + 1], alpha), blue = OnBlack(from[i + 2], alpha);
            if (alpha < byte.MaxValue) traits |= PictureTraits.Transparent;
            if (options.Channels == 3)
            {
                (to[at], to[at + 1], to[at + 2]) = ((byte)red, (byte)green, (byte)blue);
                at += 3;
                continue;
            }
            if (red != green || green != blue) traits |= PictureTraits.ColoursLost;
            // ITU-R 601, as Pillow rounds it.
            to[at++] = (byte)((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
        }
        return to;
    }

    // Walks the markers to that of the end (ITU-T T.81, annex B): a thumbnail has an end of its own inside a segment, and other bytes may follow.
    private static bool HasEnd(ReadOnlySpan<byte> jpeg)
    {
        for (int at = 2; at + 1 < jpeg.Length;)
        {
            var (first, second) = (jpeg[at], jpeg[at + 1]);
            if ((first, second) == (0xFF, 0xD9)) return true;
            // A byte of the image, a byte 0xFF of it (and 0), filling, or a marker without content.
            bool alone = first != 0xFF || second is 0 or 1 or 0xFF or (>= 0xD0 and <= 0xD8);
            at += alone ? 1 : 2 + (at + 3 < jpeg.Length ? BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]) : 0);
        }
        return false;
    }

    private static int OnBlack(int value, int alpha) => (value * alpha + 127) / 255;

    // Skia keeps the high byte alone.
    private byte[] Deep(PictureOptions options, ref PictureTraits traits)
    {
        if (options.Window is null) traits |= PictureTraits.Deep;
        var (low, high) = options.Window ?? (0, ushort.MaxValue);
        int channels = PngColour == GreyAlpha ? 2 : 1;
        ushort[] greys;
        try
        {
            greys = Grey16Png.Read(_bytes, _codec.Info.Width, _codec.Info.Height, channels);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException or InvalidDataException)
        {
            throw new MedBenchException($"{Place}: {(e is EndOfStreamException ? "is cut off: pixels are missing at its end" : $"is damaged: {e.Message}")}", "copy it again, or take it out", e);
        }
        var pixels = new byte[greys.Length / channels * options.Channels];
        for (int i = 0; i < greys.Length / channels; i++)
        {
            int alpha = channels == 2 ? greys[2 * i + 1] : ushort.MaxValue;
            if (alpha < ushort.MaxValue) traits |= PictureTraits.Transparent;
            double grey = 255.0 * (Math.Clamp(greys[channels * i], low, high) - low) / (high - low);
            pixels.AsSpan(i * options.Channels, options.Channels).Fill((byte)Math.Round(grey * alpha / ushort.MaxValue));
        }
        return pixels;
    }

    // EXIF 2.3, tag 0x0112: where row 0 and column 0 of the stored pixels are to be shown.
    private static (byte[], int, int) Turn(byte[] from, int width, int height, int channels, SKEncodedOrigin origin)
    {
        bool swapped = origin >= SKEncodedOrigin.LeftTop;
        var (newWidth, newHeight) = swapped ? (height, width) : (width, height);
        var to = new byte[from.Length];
        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                var (sourceX, sourceY) = origin switch
                {
                    SKEncodedOrigin.TopRight => (width - 1 - x, y),
                    SKEncodedOrigin.BottomRight => (width - 1 - x, height - 1 - y),
                    SKEncodedOrigin.BottomLeft => (x, height - 1 - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, height - 1 - x),
                    SKEncodedOrigin.RightBottom => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),
                };
                from.AsSpan((sourceY * width + sourceX) * channels, channels).CopyTo(to.AsSpan((y * newWidth + x) * channels));
            }
        }
        return (to, newWidth, newHeight);
    }

    // The middle of it, or it in the middle of black.
    private static (byte[], int, int) Reshape(byte[] from, int width, int height, int channels, int side)
    {
        var to = new byte[side * side * channels];
        int left = (width - side) / 2, top = (height - side) / 2, columns = Math.Min(side, width);
        for (int y = Math.Max(0, -top); y < side && y + top < height; y++)
        {
            int source = (y + top) * width + Math.Max(0, left), target = y * side + Math.Max(0, -left);
            from.AsSpan(source * channels, columns * channels).CopyTo(to.AsSpan(target * channels));
        }
        return (to, side, side);
    }

    private MedBenchException Error(string problem, string fix) => new($"{Place}: {problem}", fix);
}
