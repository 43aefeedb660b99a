using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Training.Heads;

/// <summary>
/// Attention pooling over tokens (N, T, width) with one learned query for each attention head, then a linear classifier:
/// the attentive probe of Bardes et al. 2024 (V-JEPA) and El-Nouby et al. 2024 (AIM), without the former's MLP.
/// </summary>
/// <remarks>
/// The query is the same for all images, so its product with the key projection is one vector for each head, and the value
/// projection, being linear, comes after the weighted mean: the same functions as with keys and values of every token, at
/// T · width · heads multiplications instead of T · width². Tokens are normalised to mean 0 and variance 1 first.
/// </remarks>
public sealed class AttentionPool : Block
{
    private const double QueryStd = 0.02, NormEps = 1e-6;
    private readonly int _width, _heads;
    private readonly Linear _scores, _classifier;

    /// <summary>Makes the head: queries truncated normal 0.02, so that it starts near the mean of all tokens; torch's default otherwise.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads; must divide <paramref name="width"/>.</param>
    /// <param name="outputs">Logits.</param>
    public AttentionPool(int width, int heads, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(width % heads, 0);
        (_width, _heads) = (width, heads);
        _scores = Add("scores", Linear(width, heads, hasBias: false));
        TruncatedNormal.Fill(_scores.weight!, QueryStd);
        double bound = 1 / Math.Sqrt(width);
        AddParameter("values", empty(heads, width, width / heads).uniform_(-bound, bound));
        _classifier = Add("fc", Linear(width, outputs));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        var tokens = functional.layer_norm(x, [_width], eps: NormEps);
        // (N, heads, T): how much each head looks at each token.
        var attention = _scores.call(tokens).transpose(1, 2).softmax(-1);
        var pooled = attention.matmul(tokens).transpose(0, 1).matmul(get_parameter("values")!);
        return _classifier.call(pooled.transpose(0, 1).reshape(-1, _width));
    }
}
