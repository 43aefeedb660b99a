using CsCheck;
using MedBench.Data.Preprocessing;
using MedBench.Tests.Data.Preprocessing;
using MedBench.Training.Batches;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Batches;

/// <summary>The host's preprocessor has Pillow's bytes (PillowResizerTests); this one must have the host's.</summary>
[Collection(TorchCollection.Name)]
public sealed class DevicePreprocessorTests
{
    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f], s_std = [0.229f, 0.224f, 0.225f];

    [Theory]
    [InlineData(28, 224, 3)]
    [InlineData(28, 224, 1)]
    [InlineData(64, 224, 3)]
    [InlineData(224, 96, 3)]
    [InlineData(224, 518, 1)]
    public void Process_MedMnistsSizes_HasTheHostsBits(int size, int inputSize, int channels) =>
        Assert.True(Agree(size, size, channels, inputSize, ResizeMode.Scale, PillowFilter.Bilinear, seed: 1));

    [Fact]
    public void Process_AnyShapeAndMode_HasTheHostsBits() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Bool, Gen.Int[1, 60], Gen.Enum<ResizeMode>(), Gen.Enum<PillowFilter>(), Gen.Int)
            .Where(c => c.Item5 switch
            {
                ResizeMode.None => c.Item1 == c.Item4 && c.Item2 == c.Item4,
                ResizeMode.Scale => Math.Min(c.Item1, c.Item2) * c.Item4 >= Math.Max(c.Item1, c.Item2),
                _ => Math.Max(c.Item1, c.Item2) <= c.Item4,
            })
            .Sample(c => Agree(c.Item1, c.Item2, c.Item3 ? 3 : 1, c.Item4, c.Item5, c.Item6, c.Item7), iter: 300);

    [Theory]
    [InlineData(28, PillowFilter.Nearest)]
    [InlineData(28, PillowFilter.Bicubic)]
    public void Process_OtherFilters_HaveTheHostsBits(int size, PillowFilter filter) =>
        Assert.True(Agree(size, size, 3, 224, ResizeMode.Scale, filter, seed: 2));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Process_BlueFirst_HasTheHostsBits(int channels) =>
        Assert.True(Agree(9, 9, channels, 16, ResizeMode.Scale, PillowFilter.Bilinear, seed: 3, blueFirst: true));

    private static bool Agree(int height, int width, int channels, int inputSize, ResizeMode mode, PillowFilter filter, int seed, bool blueFirst = false)
    {
        const int Images = 3;
        using var scope = NewDisposeScope();
        var host = new ImagePreprocessor(new InputPipelineOptions(inputSize, mode, filter, s_mean, s_std, blueFirst), height, width, channels);
        using var device = new DevicePreprocessor(host, CPU);
        byte[] pixels = PillowResizerTests.HashPixels($"{seed}", Images * height * width * channels);
        var expected = new float[Images * host.OutputLength];
        for (int i = 0; i < Images; i++)
            host.Process(pixels.AsSpan(i * height * width * channels, height * width * channels), expected.AsSpan(i * host.OutputLength, host.OutputLength));
        var actual = device.Process(tensor(pixels).view(Images, height, width, channels));
        return actual.shape.SequenceEqual([Images, 3, host.OutputHeight, host.OutputWidth]) && expected.AsSpan().SequenceEqual(actual.contiguous().data<float>().ToArray());
    }
}
