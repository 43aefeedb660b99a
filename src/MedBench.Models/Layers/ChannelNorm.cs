using static TorchSharp.torch;

namespace MedBench.Models.Layers;

/// <summary>LayerNorm over the channels of NCHW at each place (timm's <c>LayerNorm2d</c>).</summary>
public sealed class ChannelNorm : Block
{
    private readonly double _eps;

    /// <summary>Makes the layer with weight 1 and bias 0.</summary>
    public ChannelNorm(int channels, double eps)
    {
        _eps = eps;
        AddParameter("weight", ones(channels));
        AddParameter("bias", zeros(channels));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        var (weight, bias) = (get_parameter("weight")!, get_parameter("bias")!);
        return nn.functional.layer_norm(x.permute(0, 2, 3, 1), weight.shape, weight, bias, _eps).permute(0, 3, 1, 2);
    }
}
