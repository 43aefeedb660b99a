using MedBench.Core.Errors;
using MedBench.Data.Pictures;
using static MedBench.Tests.Data.Pictures.PictureFixture;

namespace MedBench.Tests.Data.Pictures;

public class PictureFileTests
{
    [Theory]
    [InlineData(1, "abcd")]
    [InlineData(2, "badc")]
    [InlineData(3, "dcba")]
    [InlineData(4, "cdab")]
    [InlineData(5, "acbd")]
    [InlineData(6, "cadb")]
    [InlineData(7, "dbca")]
    [InlineData(8, "bdac")]
    public void Read_ExifOrientation_IsShownUpright(int orientation, string quarters)
    {
        byte[] pixels = Read(Quarters(orientation), out var traits, size: 32);
        int[] found = [.. new[] { 8 * 32 + 8, 8 * 32 + 24, 24 * 32 + 8, 24 * 32 + 24 }.Select(at => (int)Math.Round(pixels[at] / 80.0))];
        Assert.Equal(quarters, string.Concat(found.Select(q => (char)('a' + q))));
        Assert.Equal(orientation != 1, traits.HasFlag(PictureTraits.Turned));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_CmykJpeg_IsRgb(bool progressive)
    {
        byte[] pixels = Read(Jpeg(progressive, 200, 100, 50, 255), out _, channels: 3);
        Assert.Equal([200, 100, 50], pixels[..3].Select(p => (int)p));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_GreyJpeg_IsItsValue(bool progressive) => Assert.All(Read(Jpeg(progressive, 77), out _), p => Assert.Equal(77, p));

    [Fact]
    public void Read_PalettePng_TakesItsColours()
    {
        byte[] png = Png(8, 8, 8, Palette, [.. Enumerable.Repeat((byte)1, 64)], [0, 0, 0, 10, 20, 30]);
        Assert.Equal([10, 20, 30], Read(png, out _, channels: 3)[..3]);
    }

    [Fact]
    public void Read_ColoursAsGrey_WeighsThem()
    {
        byte[] png = Png(8, 8, 8, Rgb, [.. Enumerable.Repeat(new byte[] { 100, 150, 200 }, 64).SelectMany(p => p)]);
        Assert.Equal(141, Read(png, out var traits)[0]); // 0.299, 0.587 and 0.114 of them: 140.75
        Assert.True(traits.HasFlag(PictureTraits.ColoursLost));
    }

    [Fact]
    public void Read_Transparent_LiesOnBlack()
    {
        byte[] png = Png(8, 8, 8, Rgba, [.. Enumerable.Repeat(new byte[] { 200, 100, 50, 51 }, 64).SelectMany(p => p)]);
        Assert.Equal([40, 20, 10], Read(png, out var traits, channels: 3)[..3]);
        Assert.True(traits.HasFlag(PictureTraits.Transparent));
    }

    [Fact]
    public void Read_SixteenBitGrey_UsesAllBitsInTheWindow()
    {
        byte[] png = Png(8, 8, 16, Grey, [.. Enumerable.Repeat(new byte[] { 0x08, 0x10 }, 64).SelectMany(p => p)]);
        Assert.Equal(64, Read(png, out var windowed, window: (2000, 2255))[0]); // 2064
        Assert.Equal(8, Read(png, out var scaled)[0]);
        Assert.Equal((PictureTraits.None, PictureTraits.Deep), (windowed, scaled));
    }

    [Theory]
    [InlineData(0xFFFF, 64, false)]
    [InlineData(0x8000, 32, true)]
    public void Read_SixteenBitGreyWithAlpha_UsesAllBitsInTheWindow(int alpha, int expected, bool transparent)
    {
        byte[] png = Png(8, 8, 16, GreyAlpha, [.. Enumerable.Repeat(new byte[] { 0x08, 0x10, (byte)(alpha >> 8), (byte)alpha }, 64).SelectMany(p => p)]);
        Assert.Equal([expected, expected, expected], Read(png, out var seen, channels: 3, window: (2000, 2255))[^3..].Select(p => (int)p)); // 2064
        Assert.Equal(transparent ? PictureTraits.Transparent : PictureTraits.None, seen);
    }

    [Fact]
    public void Read_EightBitGreyWithAWindow_SaysThatItHasNoEffect()
    {
        Assert.Equal(77, Read(Plain(77), out var traits, window: (0, 100))[0]);
        Assert.Equal(PictureTraits.Unwindowed, traits);
    }

    [Fact]
    public void Read_OneSideEnlarged_SaysSo()
    {
        Read(Plain(100, 16, 8), out var traits, size: 12, square: SquareMode.Scale);
        Assert.Equal(PictureTraits.Reshaped | PictureTraits.Enlarged, traits);
    }

    [Fact]
    public void Read_JpegWithBytesAfterItsEnd_IsRead() => Assert.Equal(240, Read([.. Quarters(1), 0xFF, 0xDA, 1], out _, size: 32)[^1]);

    [Theory]
    [InlineData(SquareMode.Crop, 0, 0, 100)]
    [InlineData(SquareMode.Pad, 0, 0, 0)]
    [InlineData(SquareMode.Pad, 0, 8, 100)]
    [InlineData(SquareMode.Scale, 0, 0, 100)]
    public void Read_NotSquare_BecomesSo(SquareMode square, int column, int row, int expected)
    {
        byte[] pixels = Read(Plain(100, 16, 8), out var traits, size: 16, square: square);
        Assert.Equal((256, expected), (pixels.Length, pixels[row * 16 + column]));
        Assert.True(traits.HasFlag(PictureTraits.Reshaped));
    }

    public static TheoryData<string, byte[], string> Faulty => new()
    {
        { "not square", Plain(1, 16, 8), "is 16 x 8 px" },
        { "cut PNG", Plain(1)[..120], "cut off" },
        { "cut JPEG", Quarters(1)[..^10], "cut off" },
        { "JPEG without its end", Quarters(1)[..^2], "cut off" },
        { "cut 16 bit", Png(8, 8, 16, Grey, new byte[128])[..100], "cut off" },
        { "bomb", Png(30000, 30000, 8, Grey, []), "30000 x 30000 pixels" },
        { "DICOM", [.. new byte[128], .. "DICM"u8, 0, 0, 0, 0], "DICOM" },
        { "GIF", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B], "GIF" },
        { "text", [.. "no image at all"u8], "no PNG or JPEG" },
        { "empty", [], "empty" },
        { "broken header", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0], "damaged" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Read_Faulty_SaysWhereAndWhat(string kind, byte[] bytes, string problem)
    {
        var e = Assert.Throws<MedBenchException>(() => Read(bytes, out _));
        Assert.StartsWith("here.png: ", e.Message);
        Assert.True(e.Message.Contains(problem), $"{kind}: {e.Message}");
    }

    private static byte[] Read(byte[] bytes, out PictureTraits traits, int size = 8, int channels = 1, SquareMode? square = null, (int, int)? window = null)
    {
        using var picture = new PictureFile(bytes, "here.png");
        return picture.Read(new PictureOptions(size, channels, square, window), out traits);
    }
}
