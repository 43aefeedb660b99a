using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>Squeeze-and-excitation as in EfficientNet (timm <c>models/_efficientnet_blocks.py</c>): each channel times a gate in (0, 1) made from all channels' means.</summary>
internal sealed class SqueezeExcite : Block
{
    private readonly Conv2d _reduce, _expand;

    public SqueezeExcite(int channels, int reduced)
    {
        _reduce = Add("conv_reduce", Conv2d(channels, reduced, 1));
        _expand = Add("conv_expand", Conv2d(reduced, channels, 1));
    }

    protected override Tensor Compute(Tensor x)
    {
        var squeezed = functional.silu(_reduce.call(x.mean([2, 3], keepdim: true)));
        return x.mul(_expand.call(squeezed).sigmoid());
    }
}
