using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>
/// A pre-norm transformer block (timm's <c>Block</c>): x + attention(norm(x)), then x + MLP(norm(x)), each branch with an
/// optional <see cref="LayerScale"/>. Tokens in, tokens of the same shape out; the last dimension is the width.
/// </summary>
public sealed class TransformerBlock : Block
{
    private readonly LayerNorm _norm1, _norm2;
    private readonly Block _attention, _mlp;
    private readonly LayerScale? _scale1, _scale2;

    /// <summary>Makes the block; <paramref name="layerScale"/> is the initial factor, null for no LayerScale.</summary>
    public TransformerBlock(int width, double normEps, Block attention, Block mlp, double? layerScale = null)
    {
        _norm1 = Add("norm1", LayerNorm(width, normEps));
        _attention = Add("attn", attention);
        if (layerScale is { } initial1) _scale1 = Add("ls1", new LayerScale(width, initial1));
        _norm2 = Add("norm2", LayerNorm(width, normEps));
        _mlp = Add("mlp", mlp);
        if (layerScale is { } initial2) _scale2 = Add("ls2", new LayerScale(width, initial2));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        // Added in place into the branch's own result, which no gradient needs.
        x = Branch(x, _norm1, _attention, _scale1).add_(x);
        return Branch(x, _norm2, _mlp, _scale2).add_(x);
    }

    private static Tensor Branch(Tensor x, LayerNorm norm, Block function, LayerScale? scale)
    {
        var y = function.call(norm.call(x));
        return scale?.call(y) ?? y;
    }
}
