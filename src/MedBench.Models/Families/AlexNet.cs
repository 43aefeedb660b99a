using MedBench.Models.Cards;
using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>
/// AlexNet as torchvision has it (<c>models/alexnet.py</c>; timm has none): dropout 0.5 before both hidden layers, torch's
/// default initialisation. The pre-logit features are the output of <c>classifier.5</c>, as doerrich2025 takes them.
/// </summary>
public sealed class AlexNet : ImageModel
{
    private const int Channels = 256, PooledSize = 6;
    private readonly Sequential _features;
    private readonly ClassifierHead _classifier;

    /// <summary>Makes the model; <paramref name="numClasses"/> 0 leaves the last layer out.</summary>
    public AlexNet(int numClasses)
    {
        _features = Add("features", Sequential(
            Conv2d(3, 64, 11, stride: 4, padding: 2), ReLU(inplace: true), MaxPool2d(3, stride: 2),
            Conv2d(64, 192, 5, padding: 2), ReLU(inplace: true), MaxPool2d(3, stride: 2),
            Conv2d(192, 384, 3, padding: 1), ReLU(inplace: true),
            Conv2d(384, Channels, 3, padding: 1), ReLU(inplace: true),
            Conv2d(Channels, Channels, 3, padding: 1), ReLU(inplace: true), MaxPool2d(3, stride: 2)));
        _classifier = Add("classifier", new ClassifierHead("6",
            ("0", Dropout(0.5)), ("1", Linear(Channels * PooledSize * PooledSize, HeadHiddenSize)), ("2", ReLU(inplace: true)),
            ("3", Dropout(0.5)), ("4", Linear(HeadHiddenSize, HeadHiddenSize)), ("5", ReLU(inplace: true))));
        ResetClassifier(numClasses);
    }

    /// <inheritdoc/>
    public override int NumFeatures => Channels;

    /// <inheritdoc/>
    public override int HeadHiddenSize => 4096;

    /// <inheritdoc/>
    public override int NumClasses => _classifier.Outputs;

    /// <inheritdoc/>
    public override string ClassifierName => "classifier.6";

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static AlexNet Create(ModelCard card, ModelArguments arguments)
    {
        card.OptionsAs<NoOptions>();
        return new AlexNet(arguments.NumClasses);
    }

    /// <inheritdoc/>
    public override Tensor ForwardFeatures(Tensor x)
    {
        using var channelsLast = Memory.ChannelsLast(x);
        return _features.call(channelsLast);
    }

    /// <inheritdoc/>
    public override Tensor ForwardHead(Tensor features, bool preLogits = false)
    {
        using var scope = NewDisposeScope();
        var pooled = functional.adaptive_avg_pool2d(features, [PooledSize, PooledSize]).flatten(1);
        return scope.MoveToOuter(preLogits ? _classifier.PreLogits(pooled) : _classifier.call(pooled));
    }

    /// <inheritdoc/>
    /// <remarks>torch's default Linear initialisation.</remarks>
    public override void ResetClassifier(int numClasses) => _classifier.Reset(numClasses > 0 ? Linear(HeadHiddenSize, numClasses) : null);
}
