using MedBench.Models;
using MedBench.Models.Layers;
using MedBench.Models.StateDicts;
using MedBench.Training.Features;
using MedBench.Training.Heads;
using MedBench.Training.Recipes;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>A head of its own on a frozen model that sees images.</summary>
public sealed class HeadLearner : Learner
{
    private readonly ImageModel _model;
    private readonly Block _head;
    private readonly FeatureLayer _layer;
    private readonly bool _trainMode;

    /// <summary>Freezes <paramref name="model"/>; <paramref name="head"/> learns from its <paramref name="layer"/>.</summary>
    public HeadLearner(ImageModel model, Block head, FeatureLayer layer, FrozenEncoderMode mode)
    {
        (_model, _head, _layer, _trainMode) = (model, head, layer, mode == FrozenEncoderMode.Train);
        foreach (var parameter in model.parameters()) parameter.requires_grad = false;
        Classifier = [.. head.parameters()];
        State =
        [
            .. _trainMode && model.HasBatchDependentFeatures ? StateDict.Of(model) : [],
            .. head.named_parameters().Select(p => ($"{ProbeHead.Name}.{p.name}", (Tensor)p.parameter)),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Encoder => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Classifier { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Tensor)> State { get; }

    /// <inheritdoc/>
    public override Tensor Logits(Tensor input)
    {
        using var features = _layer.Of(_model, input);
        return _head.call(features);
    }

    /// <inheritdoc/>
    public override void Train()
    {
        _model.train(_trainMode);
        _head.train();
    }

    /// <inheritdoc/>
    public override void Eval()
    {
        _model.eval();
        _head.eval();
    }
}
