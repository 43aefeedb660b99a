using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>A residual block (timm's <c>BasicBlock</c> and <c>Bottleneck</c>): convolutions conv1…, norms bn1…, and a 1×1 downsample where shapes change.</summary>
internal sealed class ResidualBlock : Block
{
    private readonly List<(Conv2d Conv, BatchNorm2d Norm)> _convolutions = [];
    private readonly Sequential? _downsample;

    private ResidualBlock(int inputs, int outputs, int stride, IEnumerable<(int Width, int Kernel, int Stride)> convolutions)
    {
        Outputs = outputs;
        int channels = inputs;
        foreach (var (width, kernel, step) in convolutions)
        {
            int number = _convolutions.Count + 1;
            var conv = Add($"conv{number}", Conv2d(channels, width, kernel, stride: step, padding: kernel / 2, bias: false));
            _convolutions.Add((conv, Add($"bn{number}", BatchNorm2d(width))));
            channels = width;
        }
        if (stride != 1 || inputs != outputs)
            _downsample = Add("downsample", Sequential(Conv2d(inputs, outputs, 1, stride: stride, bias: false), BatchNorm2d(outputs)));
    }

    /// <summary>Output channels of a bottleneck over its width.</summary>
    public const int Expansion = 4;

    public int Outputs { get; }

    public BatchNorm2d LastNorm => _convolutions[^1].Norm;

    public static ResidualBlock Basic(int inputs, int width, int stride) =>
        new(inputs, width, stride, [(width, 3, stride), (width, 3, 1)]);

    public static ResidualBlock Bottleneck(int inputs, int width, int stride) =>
        new(inputs, Expansion * width, stride, [(width, 1, 1), (width, 3, stride), (Expansion * width, 1, 1)]);

    protected override Tensor Compute(Tensor x)
    {
        var shortcut = _downsample?.call(x) ?? x;
        for (int i = 0; i < _convolutions.Count; i++)
        {
            var (conv, norm) = _convolutions[i];
            x = norm.call(conv.call(x));
            if (i < _convolutions.Count - 1) x = x.relu_();
        }
        return x.add_(shortcut).relu_();
    }
}
