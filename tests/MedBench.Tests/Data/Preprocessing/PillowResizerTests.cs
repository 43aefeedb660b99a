using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using MedBench.Data.Preprocessing;

namespace MedBench.Tests.Data.Preprocessing;

public sealed class PillowResizerTests
{
    public static TheoryData<ResizeCase> Cases() =>
        [.. JsonSerializer.Deserialize<Golden>(File.ReadAllText("Golden/resize.json"), JsonSerializerOptions.Web)!.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Resize_GoldenCase_HasPillowsBytes(ResizeCase golden)
    {
        var filter = Enum.Parse<PillowFilter>(golden.Filter, ignoreCase: true);
        var resizer = new PillowResizer(golden.Source[0], golden.Source[1], golden.Source[2], golden.Target[0], golden.Target[1], filter);
        var target = new byte[resizer.TargetLength];

        resizer.Resize(HashPixels(golden.Key, resizer.SourceLength), target);

        Assert.Equal(golden.Value, golden.Index.Select(i => (int)target[i]));
        Assert.Equal(golden.Md5, Convert.ToHexStringLower(MD5.HashData(target)));
    }

    // Made with Pillow 9.4.0: sides that are odd, unequal, or unchanged.
    [Theory]
    [InlineData(17, 29, 3, 40, 13, PillowFilter.Bilinear, "a16bf468061c9c0ac1a572d055af3cd8")]
    [InlineData(17, 29, 1, 9, 29, PillowFilter.Bicubic, "f6ee59e62c13c91331e233715b2324ad")]
    [InlineData(31, 31, 3, 31, 7, PillowFilter.Bilinear, "270b55cddf35eca431d5e44d5ada4072")]
    [InlineData(13, 50, 1, 70, 33, PillowFilter.Nearest, "f01f668fd23bb184f850291b8933d6b2")]
    [InlineData(50, 13, 3, 7, 49, PillowFilter.Nearest, "7e451a23842cc9e7488a6b284846be4f")]
    [InlineData(1, 1, 3, 5, 4, PillowFilter.Bicubic, "dc12797773323a2da835506aebc8573a")]
    [InlineData(64, 48, 3, 49, 64, PillowFilter.Bicubic, "f80fcd3bbd52de68e829b5dbe87ca8ac")]
    [InlineData(28, 28, 1, 28, 28, PillowFilter.Bilinear, "1717f85c2a1f9b903744b1f4c2f74164")]
    public void Resize_OddShape_HasPillowsBytes(int height, int width, int channels, int targetHeight, int targetWidth, PillowFilter filter, string md5)
    {
        var resizer = new PillowResizer(height, width, channels, targetHeight, targetWidth, filter);
        var target = new byte[resizer.TargetLength];
        resizer.Resize(HashPixels("more", resizer.SourceLength), target);
        Assert.Equal(md5, Convert.ToHexStringLower(MD5.HashData(target)));
    }

    [Theory]
    [InlineData(PillowFilter.Nearest)]
    [InlineData(PillowFilter.Bilinear)]
    [InlineData(PillowFilter.Bicubic)]
    public void Resize_ConstantImage_StaysConstant(PillowFilter filter) =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Byte).Sample((height, width, targetHeight, targetWidth, value) =>
        {
            var resizer = new PillowResizer(height, width, 3, targetHeight, targetWidth, filter);
            var source = new byte[resizer.SourceLength];
            var target = new byte[resizer.TargetLength];
            source.AsSpan().Fill(value);
            resizer.Resize(source, target);
            return target.All(pixel => pixel == value);
        }, iter: 200);

    [Fact]
    public void Resize_OnlyOneSideChanges_EqualsThatPassAlone()
    {
        // Constant along the side that does not change: every row (column) is the one-dimensional resize.
        var wide = new PillowResizer(3, 2, 1, 3, 4, PillowFilter.Bilinear);
        var tall = new PillowResizer(2, 3, 1, 4, 3, PillowFilter.Bilinear);
        byte[] horizontal = new byte[12], vertical = new byte[12];
        wide.Resize([0, 100, 0, 100, 0, 100], horizontal);
        tall.Resize([0, 0, 0, 100, 100, 100], vertical);
        Assert.Equal([0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100], horizontal);
        Assert.Equal([0, 0, 0, 25, 25, 25, 75, 75, 75, 100, 100, 100], vertical);
    }

    // golden/README.md: the top byte of a hash of (i, key).
    internal static byte[] HashPixels(string key, int length)
    {
        uint fnv = Encoding.UTF8.GetBytes(key).Aggregate(2166136261u, (hash, b) => (hash ^ b) * 16777619u);
        var pixels = new byte[length];
        for (int i = 0; i < length; i++)
        {
            uint u = unchecked((uint)(i * 2654435761L) + fnv);
            u = (u ^ (u >> 16)) * 0x85ebca6b;
            u = (u ^ (u >> 13)) * 0xc2b2ae35;
            pixels[i] = (byte)((u ^ (u >> 16)) >> 24);
        }
        return pixels;
    }

    private sealed record Golden(ResizeCase[] Cases);

    public sealed record ResizeCase(string Key, int[] Source, int[] Target, string Filter, string Md5, int[] Index, int[] Value)
    {
        public override string ToString() => $"{Key} to {Target[0]}x{Target[1]} {Filter}";
    }
}
