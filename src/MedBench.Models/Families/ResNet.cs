using MedBench.Models.Cards;
using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>
/// ResNet (timm <c>models/resnet.py</c>): 7×7 stem with max-pooling for ImageNet sizes, or the CIFAR form with a
/// 3×3 stride-1 stem and no pooling that MedMNIST v2 trains at 28 px (MedMNIST/experiments, MedMNIST2D/models.py).
/// </summary>
public sealed class ResNet : ImageModel
{
    /// <summary>What a card says of a ResNet.</summary>
    /// <param name="Layers">Residual blocks in each of the four stages.</param>
    /// <param name="Bottleneck">1×1-3×3-1×1 blocks with expansion 4 instead of two 3×3 convolutions.</param>
    /// <param name="CifarStem">3×3 stride-1 stem without max-pooling, and torch's default initialisation as in the MedMNIST code.</param>
    public sealed record Options(int[] Layers, bool Bottleneck = false, bool CifarStem = false);

    private static readonly int[] s_widths = [64, 128, 256, 512];
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Sequential[] _stages;
    private readonly bool _maxPool;
    private Linear? _fc;

    /// <summary>Makes the model; <paramref name="numClasses"/> 0 leaves the classifier out.</summary>
    public ResNet(Options options, int numClasses)
    {
        _maxPool = !options.CifarStem;
        _conv1 = Add("conv1", options.CifarStem
            ? Conv2d(3, 64, 3, stride: 1, padding: 1, bias: false)
            : Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false));
        _bn1 = Add("bn1", BatchNorm2d(64));
        int inputs = 64;
        _stages = [.. s_widths.Select((width, stage) =>
        {
            var blocks = new List<Module<Tensor, Tensor>>();
            for (int i = 0; i < options.Layers[stage]; i++)
            {
                int stride = i == 0 && stage > 0 ? 2 : 1;
                var block = options.Bottleneck ? ResidualBlock.Bottleneck(inputs, width, stride) : ResidualBlock.Basic(inputs, width, stride);
                inputs = block.Outputs;
                blocks.Add(block);
            }
            return Add($"layer{stage + 1}", Sequential(blocks));
        })];
        NumFeatures = inputs;
        if (!options.CifarStem) InitialiseAsTimm();
        ResetClassifier(numClasses);
    }

    /// <inheritdoc/>
    public override int NumFeatures { get; }

    /// <inheritdoc/>
    public override int NumClasses => (int)(_fc?.out_features ?? 0);

    /// <inheritdoc/>
    public override string ClassifierName => "fc";

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static ResNet Create(ModelCard card, ModelArguments arguments) => new(card.OptionsAs<Options>(), arguments.NumClasses);

    /// <inheritdoc/>
    public override Tensor ForwardFeatures(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = functional.relu(_bn1.call(_conv1.call(Memory.ChannelsLast(x))));
        if (_maxPool) x = functional.max_pool2d(x, 3, stride: 2, padding: 1);
        foreach (var stage in _stages) x = stage.call(x);
        return scope.MoveToOuter(x);
    }

    /// <inheritdoc/>
    public override Tensor ForwardHead(Tensor features, bool preLogits = false)
    {
        using var scope = NewDisposeScope();
        var pooled = features.mean([2, 3]);
        return scope.MoveToOuter(preLogits || _fc is null ? pooled : _fc.call(pooled));
    }

    /// <inheritdoc/>
    /// <remarks>torch's default Linear initialisation, as timm does for ResNet.</remarks>
    public override void ResetClassifier(int numClasses) => _fc = Replace("fc", numClasses > 0 ? Linear(NumFeatures, numClasses) : null);

    // timm's init_weights: He normal by fan-out, and the last BatchNorm of each block at zero (zero_init_last).
    private void InitialiseAsTimm()
    {
        using var _ = no_grad();
        foreach (var module in modules())
        {
            if (module is Conv2d conv) Init.KaimingNormalFanOut(conv);
            if (module is ResidualBlock block) block.LastNorm.weight!.fill_(0);
        }
    }
}
