using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>
/// Multi-head self-attention over tokens (N, T, width) with rotary positions, separate projections (the keys' without bias)
/// and an optional LayerNorm before the output projection (timm's <c>EvaAttention</c> with <c>qkv_fused=False</c>).
/// </summary>
public sealed class RotaryAttention : Block, ICountsMacs
{
    private readonly Linear _query, _key, _value, _proj;
    private readonly LayerNorm? _norm;
    private readonly RotaryEmbedding _rotary;
    private readonly int _heads;

    /// <summary>Makes the layer; <paramref name="rotary"/> is shared between blocks and belongs to the model; <paramref name="innerNormEps"/> null leaves the LayerNorm out.</summary>
    public RotaryAttention(int width, int heads, RotaryEmbedding rotary, double? innerNormEps = null)
    {
        _heads = heads;
        _rotary = rotary;
        _query = Add("q_proj", Linear(width, width));
        _key = Add("k_proj", Linear(width, width, hasBias: false));
        _value = Add("v_proj", Linear(width, width));
        if (innerNormEps is { } eps) _norm = Add("norm", LayerNorm(width, eps));
        _proj = Add("proj", Linear(width, width));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        Tensor Heads(Linear projection) => projection.call(x).unflatten(2, _heads, -1).transpose(1, 2);
        var attended = functional.scaled_dot_product_attention(_rotary.call(Heads(_query)), _rotary.call(Heads(_key)), Heads(_value));
        var tokens = attended.transpose(1, 2).flatten(2);
        return _proj.call(_norm?.call(tokens) ?? tokens);
    }

    long ICountsMacs.Macs(ReadOnlySpan<long> shape) => 2 * shape[0] * shape[1] * shape[1] * shape[2];
}
