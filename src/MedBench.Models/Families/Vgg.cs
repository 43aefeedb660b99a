using MedBench.Models.Cards;
using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>
/// VGG (timm <c>models/vgg.py</c>): the two hidden layers of the original classifier are convolutions there (<c>pre_logits</c>),
/// and only <c>head.fc</c> is the classifier. timm's dropout in the head is 0 by default, so there is none.
/// </summary>
public sealed class Vgg : ImageModel
{
    /// <summary>What a card says of a VGG.</summary>
    /// <param name="Stages">Channels of each 3×3 convolution, by stage; each stage ends in a 2×2 max-pooling.</param>
    public sealed record Options(int[][] Stages);

    private readonly Sequential _features;
    private readonly VggHidden _hidden;
    private readonly ClassifierHead _head;

    /// <summary>Makes the model; <paramref name="numClasses"/> 0 leaves the classifier out.</summary>
    public Vgg(Options options, int numClasses)
    {
        NumFeatures = options.Stages[^1][^1];
        _features = Add("features", Sequential(Features(options)));
        _hidden = Add("pre_logits", new VggHidden(NumFeatures, HeadHiddenSize));
        _head = Add("head", new ClassifierHead("fc"));
        using (no_grad())
        {
            foreach (var conv in modules().OfType<Conv2d>())
            {
                Init.KaimingNormalFanOut(conv);
                init.zeros_(conv.bias!);
            }
        }
        ResetClassifier(numClasses);
    }

    /// <inheritdoc/>
    public override int NumFeatures { get; }

    /// <inheritdoc/>
    public override int HeadHiddenSize => 4096;

    /// <inheritdoc/>
    public override int NumClasses => _head.Outputs;

    /// <inheritdoc/>
    public override string ClassifierName => "head.fc";

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static Vgg Create(ModelCard card, ModelArguments arguments) => new(card.OptionsAs<Options>(), arguments.NumClasses);

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
        var hidden = _hidden.call(features).mean([2, 3]);
        return scope.MoveToOuter(preLogits ? hidden : _head.call(hidden));
    }

    /// <inheritdoc/>
    /// <remarks>Normal with standard deviation 0.01, bias 0, as timm does when it makes a VGG.</remarks>
    public override void ResetClassifier(int numClasses)
    {
        using var _ = no_grad();
        var classifier = numClasses > 0 ? Linear(HeadHiddenSize, numClasses) : null;
        if (classifier is not null)
        {
            init.normal_(classifier.weight!, 0, 0.01);
            init.zeros_(classifier.bias!);
        }
        _head.Reset(classifier);
    }

    private static IEnumerable<Module<Tensor, Tensor>> Features(Options options)
    {
        int inputs = 3;
        foreach (int[] stage in options.Stages)
        {
            foreach (int outputs in stage)
            {
                yield return Conv2d(inputs, outputs, 3, padding: 1);
                yield return ReLU(inplace: true);
                inputs = outputs;
            }
            yield return MaxPool2d(2, stride: 2);
        }
    }
}
