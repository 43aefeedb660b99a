using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>VGG's hidden layers as convolutions (timm's <c>ConvMlp</c>): 7×7 and 1×1, each with ReLU, on feature maps brought up to 7×7 where they are smaller.</summary>
internal sealed class VggHidden : Block, ICountsMacs
{
    private const int Kernel = 7;
    private readonly Conv2d _fc1, _fc2;

    public VggHidden(int inputs, int width)
    {
        _fc1 = Add("fc1", Conv2d(inputs, width, Kernel));
        _fc2 = Add("fc2", Conv2d(width, width, 1));
    }

    protected override Tensor Compute(Tensor x)
    {
        long height = x.shape[2], width = x.shape[3];
        if (height < Kernel || width < Kernel)
            x = functional.adaptive_avg_pool2d(x, [Math.Max(Kernel, height), Math.Max(Kernel, width)]);
        return _fc2.call(First(x).relu_()).relu_();
    }

    // On a 7×7 map the convolution is one matrix product, which is several times faster and needs no second copy of its 400 MB weight.
    private Tensor First(Tensor x) => x.shape is [_, _, Kernel, Kernel]
        ? functional.linear(x.flatten(1), _fc1.weight!.flatten(1), _fc1.bias).unsqueeze(-1).unsqueeze(-1)
        : _fc1.call(x);

    // The matrix product of First, which is no layer's own.
    long ICountsMacs.Macs(ReadOnlySpan<long> shape) => shape is [var images, _, Kernel, Kernel] ? images * _fc1.weight!.numel() : 0;
}
