using MedBench.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>
/// What timm's <c>VisionTransformer</c> and <c>Eva</c> share: patches and a class token with learned positions,
/// a stack of blocks, LayerNorm, pooling, a linear classifier.
/// </summary>
public abstract class TokenTransformer : ImageModel
{
    private const double Std = 0.02;
    private readonly TokenTransformerPlan _plan;
    private readonly PatchEmbed _patchEmbed;
    private readonly Sequential _blocks;
    private readonly LayerNorm? _normPre, _norm, _fcNorm;
    private Linear? _head;

    /// <summary>Makes the model around <paramref name="blocks"/>, initialised as in timm; <paramref name="numClasses"/> 0 leaves the classifier out.</summary>
    protected TokenTransformer(TokenTransformerPlan plan, IEnumerable<TransformerBlock> blocks, int numClasses)
    {
        _plan = plan;
        var (width, normEps) = (plan.Width, plan.NormEps);
        _patchEmbed = Add("patch_embed", new PatchEmbed(width, plan.PatchSize, plan.InputSize, bias: !plan.PreNorm));
        AddParameter("cls_token", normal(0, plan.ClassTokenStd, [1, 1, width]));
        TruncatedNormal.Fill(AddParameter("pos_embed", empty(1, 1 + _patchEmbed.Grid * _patchEmbed.Grid, width)), Std);
        if (plan.PreNorm) _normPre = Add("norm_pre", LayerNorm(width, normEps));
        _blocks = Add("blocks", Sequential(blocks));
        if (plan.Pooling == TokenPooling.Average) _fcNorm = Add("fc_norm", LayerNorm(width, normEps));
        else _norm = Add("norm", LayerNorm(width, normEps));
        foreach (var linear in modules().OfType<Linear>()) Initialise(linear);
        ResetClassifier(numClasses);
    }

    /// <inheritdoc/>
    public sealed override int NumFeatures => _plan.Width;

    /// <inheritdoc/>
    public sealed override int NumClasses => (int)(_head?.out_features ?? 0);

    /// <inheritdoc/>
    public sealed override string ClassifierName => "head";

    /// <inheritdoc/>
    public sealed override Tensor ForwardFeatures(Tensor x)
    {
        using var scope = NewDisposeScope();
        var patches = _patchEmbed.call(x).flatten(1, 2);
        // Looked up each time: moving a module to another device replaces its parameters.
        var classToken = get_parameter("cls_token")!.expand(x.shape[0], -1, -1);
        x = cat([classToken, patches], 1).add_(get_parameter("pos_embed")!);
        x = _blocks.call(_normPre?.call(x) ?? x);
        return scope.MoveToOuter(_norm?.call(x) ?? x);
    }

    /// <inheritdoc/>
    public sealed override Tensor ForwardHead(Tensor features, bool preLogits = false)
    {
        using var scope = NewDisposeScope();
        var pooled = _fcNorm is null ? features.select(1, 0) : _fcNorm.call(features.narrow(1, 1, features.shape[1] - 1).mean([1]));
        return scope.MoveToOuter(preLogits || _head is null ? pooled : _head.call(pooled));
    }

    /// <inheritdoc/>
    /// <remarks>Truncated normal 0.02 with zero bias, times the family's factor (EVA-02: 0.001), as timm does when it makes the model.</remarks>
    public sealed override void ResetClassifier(int numClasses)
    {
        _head = Replace("head", numClasses > 0 ? Linear(_plan.Width, numClasses) : null);
        if (_head is null) return;
        Initialise(_head);
        using var _ = no_grad();
        using Scalar scale = _plan.ClassifierScale; // Held: TorchSharp does not keep one alive during a call.
        _head.weight!.mul_(scale);
    }

    /// <inheritdoc/>
    /// <remarks>Position embeddings of another square grid are resampled as in timm.</remarks>
    public sealed override Tensor? AdaptCheckpointTensor(string name, Tensor stored, long[] expectedShape)
    {
        if (name != "pos_embed" || stored.shape is not [1, > 1, var width] || width != _plan.Width) return null;
        long patches = stored.shape[1] - 1, side = (long)Math.Sqrt(patches);
        return side * side == patches ? PositionEmbedding.Resample(stored, (_patchEmbed.Grid, _patchEmbed.Grid)) : null;
    }

    private static void Initialise(Linear linear)
    {
        using var _ = no_grad();
        TruncatedNormal.Fill(linear.weight!, Std);
        if (linear.bias is { } bias) init.zeros_(bias);
    }
}
