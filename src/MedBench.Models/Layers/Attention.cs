using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>Multi-head self-attention over tokens (N, T, width) with one linear layer for queries, keys and values (timm's <c>Attention</c>).</summary>
public class Attention : Block, ICountsMacs
{
    private readonly Linear _qkv, _proj;
    private readonly int _heads;

    /// <summary>Makes the layer; <paramref name="heads"/> must divide <paramref name="width"/>.</summary>
    public Attention(int width, int heads)
    {
        _heads = heads;
        _qkv = Add("qkv", Linear(width, 3 * width));
        _proj = Add("proj", Linear(width, width));
    }

    /// <summary>What is added to the scaled scores of <paramref name="queries"/> (N, heads, T, width / heads), broadcastable to (N, heads, T, T); null for nothing.</summary>
    protected virtual Tensor? Bias(Tensor queries) => null;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        var qkv = _qkv.call(x).unflatten(2, 3, _heads, -1).permute(2, 0, 3, 1, 4).unbind(0);
        var attended = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], Bias(qkv[0]));
        return _proj.call(attended.transpose(1, 2).flatten(2));
    }

    // Scores and weighted values: T² · width each.
    long ICountsMacs.Macs(ReadOnlySpan<long> shape) => ProductMacs(shape);

    /// <summary>Multiply-accumulates of the attention products for an input of <paramref name="shape"/>.</summary>
    private protected virtual long ProductMacs(ReadOnlySpan<long> shape) => 2 * shape[0] * shape[1] * shape[1] * shape[2];
}
