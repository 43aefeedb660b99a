using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Models.Layers;
using static TorchSharp.torch;

namespace MedBench.Models.Kernels;

/// <summary>Whether the CPU's convolutions are right, before anything is believed that came through one.</summary>
public static class ConvolutionCheck
{
    // Float32 over some thousand products errs by 1e-6 of the largest sum; wrong kernels erred by 1e-1 and more.
    private const double Tolerance = 1e-4;

    // Of each kind that the networks use: a stem, 3×3 with stride 1 and 2, 1×1 of few and of many channels, depthwise, a small map. Where the
    // sizes of the caches were hidden and AVX-512 was used, 1×1 from 256 or 512 to 512 channels came out wrong, and nothing else that was tried.
    private static readonly (int In, int Out, int Kernel, int Stride, int Side, int Groups)[] s_kinds =
        [(3, 64, 7, 2, 32, 1), (64, 64, 3, 1, 8, 1), (64, 128, 3, 2, 8, 1), (128, 64, 1, 1, 7, 1), (256, 512, 1, 2, 14, 1), (512, 512, 1, 1, 7, 1), (32, 32, 3, 1, 8, 32), (256, 256, 3, 1, 4, 1)];

    // With fewer, 1×1 convolutions of one thread are not oneDNN's.
    private const int Images = 16;

    private static readonly Lazy<string?> s_wrong = new(Find);

    /// <summary>Throws if one is wrong. Computed once a process, in some tens of milliseconds.</summary>
    /// <exception cref="MedBenchException">A convolution in float32 is not the same one in float64, which other kernels compute.</exception>
    public static void ThrowIfWrong()
    {
        if (Problem is { } problem) throw new MedBenchException(problem, Fix);
    }

    /// <summary>What is wrong, in words; null if nothing is.</summary>
    public static string? Problem => s_wrong.Value;

    /// <summary>What to do about it.</summary>
    public static string Fix => $"set {OneDnn.Variable}={(OneDnn.Limit is "AVX" ? "SSE41" : "AVX")} in the environment, and see with `medbench doctor` whether that mends it";

    private static string? Find()
    {
        foreach (bool last in (bool[])[false, true])
        {
            foreach (var kind in s_kinds)
            {
                double error = Error(kind, last);
                if (!(error <= Tolerance))
                    return string.Create(CultureInfo.InvariantCulture, $"libtorch computes wrong convolutions on this processor: {kind.In} to {kind.Out} channels, {kind.Kernel}×{kind.Kernel}, stride {kind.Stride}{(last ? ", channels last" : "")}: off by {error:G2} of the largest value");
            }
        }
        return null;
    }

    // Output and both gradients against the same sums in float64, as a matrix product over unfolded images: none of it is a convolution's kernel.
    private static double Error((int In, int Out, int Kernel, int Stride, int Side, int Groups) kind, bool channelsLast)
    {
        using var scope = NewDisposeScope();
        using var _ = enable_grad();
        int padding = kind.Kernel / 2, side = (kind.Side + 2 * padding - kind.Kernel) / kind.Stride + 1;
        var exact = Pass(ScalarType.Float64, (images, weights) => weights.reshape(kind.Groups, kind.Out / kind.Groups, -1)
            .matmul(nn.functional.unfold(images, kind.Kernel, dilation: 1, padding, kind.Stride).reshape(Images, kind.Groups, -1, side * side)).reshape(Images, kind.Out, side, side));
        var fast = Pass(ScalarType.Float32, (images, weights) => nn.functional.conv2d(
            channelsLast ? Memory.ChannelsLast(images) : images, weights, strides: [kind.Stride, kind.Stride], padding: [padding, padding], groups: kind.Groups));
        return exact.Zip(fast).Max(p => (p.First - p.Second.to(ScalarType.Float64)).abs().max().item<double>() / p.First.abs().max().item<double>());

        Tensor[] Pass(ScalarType type, Func<Tensor, Tensor, Tensor> convolve)
        {
            var images = Values(Images, kind.In, kind.Side).to(type).requires_grad_(true);
            var weights = Values(kind.Out, kind.In / kind.Groups, kind.Kernel).to(type).requires_grad_(true);
            var output = convolve(images, weights);
            // Not all ones, so that a value in the wrong place shows in the gradients.
            (output * Values(output.shape[0], output.shape[1], output.shape[2]).to(type)).sum().backward();
            return [output.detach(), images.grad!, weights.grad!];
        }

        // Without a generator, whose state is the run's: a formula of the place.
        static Tensor Values(long outer, long channels, long side) =>
            arange(outer * channels * side * side, ScalarType.Float64).mul(0.7548776662466927).frac().sub(0.5).reshape(outer, channels, side, side);
    }
}
