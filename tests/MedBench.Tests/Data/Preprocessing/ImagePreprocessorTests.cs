using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MedBench.Core.Errors;
using MedBench.Data.Preprocessing;

namespace MedBench.Tests.Data.Preprocessing;

public sealed class ImagePreprocessorTests
{
    private static readonly float[] s_mean = [0.5f, 0.25f, 0f], s_std = [0.5f, 0.25f, 1f];

    [Fact]
    public void Process_GreyWithoutResize_RepeatsAndNormalizes()
    {
        var output = Run(Options(2, ResizeMode.None), 2, 2, 1, [0, 51, 102, 255]);
        Assert.Equal([.. Normalized(0, 0, 51, 102, 255), .. Normalized(1, 0, 51, 102, 255), .. Normalized(2, 0, 51, 102, 255)], output);
        Assert.Equal([-1f, 1f], [output[0], output[3]]);
        Assert.Equal([-1f, 3f], [output[4], output[7]]);
    }

    [Fact]
    public void Process_Rgb_MovesChannelsFirst()
    {
        var output = Run(Options(2, ResizeMode.None), 2, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        Assert.Equal([.. Normalized(0, 1, 4, 7, 10), .. Normalized(1, 2, 5, 8, 11), .. Normalized(2, 3, 6, 9, 12)], output);
    }

    [Fact]
    public void Process_PadBefore_BorderIsANormalizedBlackPixel()
    {
        // total = 3: one column left, two right; one row above, two below.
        var output = Run(Options(4, ResizeMode.PadBeforeNormalize), 1, 1, 1, [255]);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => i == 5 ? 1f : -1f), output[..16]);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => i == 5 ? 3f : -1f), output[16..32]);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => i == 5 ? 1f : 0f), output[32..]);
    }

    [Fact]
    public void Process_PadAfter_BorderIsZero()
    {
        var output = Run(Options(4, ResizeMode.PadAfterNormalize), 2, 2, 1, [0, 0, 0, 255]);
        Assert.Equal([0, 0, 0, 0, 0, -1, -1, 0, 0, -1, 1, 0, 0, 0, 0, 0], output[..16]);
    }

    [Fact]
    public void Process_Scale_EqualsResizeThenNormalize()
    {
        byte[] source = PillowResizerTests.HashPixels("scale", 8 * 8 * 3), resized = new byte[12 * 12 * 3];
        new PillowResizer(8, 8, 3, 12, 12, PillowFilter.Bilinear).Resize(source, resized);
        Assert.Equal(Run(Options(12, ResizeMode.None), 12, 12, 3, resized), Run(Options(12, ResizeMode.Scale), 8, 8, 3, source));
    }

    [Fact]
    public void Process_ScaleNotSquare_LongestSideReachesInputSize()
    {
        var preprocessor = new ImagePreprocessor(Options(16, ResizeMode.Scale), 5, 8, 1);
        Assert.Equal((10, 16), (preprocessor.OutputHeight, preprocessor.OutputWidth));
    }

    [Fact]
    public void Process_EveryByteWithImageNetValues_HasTorchsBits()
    {
        // PyTorch 1.13, torchvision's own operations: x.to(float32).div(255).sub_(mean).div_(std) of arange(256) in 3 channels.
        var options = new InputPipelineOptions(16, ResizeMode.None, PillowFilter.Bilinear, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);
        var output = Run(options, 16, 16, 1, [.. Enumerable.Range(0, 256).Select(pixel => (byte)pixel)]);
        Assert.Equal("42d2ac6c1679f8bc5639d5c5c844c77d", Convert.ToHexStringLower(MD5.HashData(MemoryMarshal.AsBytes<float>(output))));
    }

    [Fact]
    public void Process_BlueFirst_SwapsTheColoursAndNotTheirStatistics()
    {
        byte[] rgb = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], bgr = [3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10];
        Assert.Equal(Run(Options(2, ResizeMode.None), 2, 2, 3, bgr), Run(Options(2, ResizeMode.None) with { BlueFirst = true }, 2, 2, 3, rgb));
        Assert.Equal(Run(Options(2, ResizeMode.None), 2, 2, 1, rgb[..4]), Run(Options(2, ResizeMode.None) with { BlueFirst = true }, 2, 2, 1, rgb[..4]));
    }

    [Theory]
    [InlineData(ResizeMode.None, 5, "resize mode")]
    [InlineData(ResizeMode.PadBeforeNormalize, 5, "scaling")]
    [InlineData(ResizeMode.PadAfterNormalize, 5, "scaling")]
    public void Constructor_ImageThatDoesNotFit_SaysWhatToDo(ResizeMode mode, int side, string fix)
    {
        var error = Assert.Throws<MedBenchException>(() => new ImagePreprocessor(Options(4, mode), side, side, 1));
        Assert.Contains(fix, error.Fix);
    }

    [Theory]
    [InlineData(ResizeMode.Scale)]
    [InlineData(ResizeMode.PadAfterNormalize)]
    public void Process_ManyImages_AllocatesNothing(ResizeMode mode)
    {
        var preprocessor = new ImagePreprocessor(Options(64, mode), 28, 28, 1);
        var image = new byte[28 * 28];
        var output = new float[preprocessor.OutputLength];
        preprocessor.Process(image, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            preprocessor.Process(image, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static InputPipelineOptions Options(int size, ResizeMode mode) => new(size, mode, PillowFilter.Bilinear, s_mean, s_std);

    private static float[] Run(InputPipelineOptions options, int height, int width, int channels, byte[] image)
    {
        var preprocessor = new ImagePreprocessor(options, height, width, channels);
        var output = new float[preprocessor.OutputLength];
        preprocessor.Process(image, output);
        return output;
    }

    private static IEnumerable<float> Normalized(int channel, params byte[] pixels) => pixels.Select(pixel => (pixel / 255f - s_mean[channel]) / s_std[channel]);
}
