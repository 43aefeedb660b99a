using MedBench.Models.Cards;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>DenseNet-BC (timm <c>models/densenet.py</c>, with its default stem): dense blocks with halving transitions between them.</summary>
public sealed class DenseNet : PooledConvNet
{
    /// <summary>What a card says of a DenseNet.</summary>
    /// <param name="Growth">Feature maps that each dense layer adds.</param>
    /// <param name="Blocks">Dense layers in each block.</param>
    public sealed record Options(int Growth, int[] Blocks);

    /// <summary>Makes the model; <paramref name="numClasses"/> 0 leaves the classifier out.</summary>
    public DenseNet(Options options, int numClasses)
        : base(Widths(options).Last(), "classifier", [("features", Sequential(Features(options)))])
    {
        using var _ = no_grad();
        foreach (var conv in modules().OfType<Conv2d>()) init.kaiming_normal_(conv.weight!);
        ResetClassifier(numClasses);
    }

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static DenseNet Create(ModelCard card, ModelArguments arguments) => new(card.OptionsAs<Options>(), arguments.NumClasses);

    /// <inheritdoc/>
    protected override void InitialiseClassifier(Linear classifier) => init.zeros_(classifier.bias!);

    // Channels at the end of each block.
    private static IEnumerable<int> Widths(Options options)
    {
        int inputs = 2 * options.Growth;
        foreach (int layers in options.Blocks)
        {
            int width = inputs + layers * options.Growth;
            yield return width;
            inputs = width / 2;
        }
    }

    private static IEnumerable<(string, Module<Tensor, Tensor>)> Features(Options options)
    {
        int growth = options.Growth, channels = 2 * growth;
        yield return ("conv0", Conv2d(3, channels, 7, stride: 2, padding: 3, bias: false));
        yield return ("norm0", BatchNorm2d(channels));
        yield return ("act0", ReLU(inplace: true));
        yield return ("pool0", MaxPool2d(3, stride: 2, padding: 1));
        int block = 0;
        foreach (int width in Widths(options))
        {
            int inputs = channels;
            block++;
            yield return ($"denseblock{block}", Sequential(Enumerable.Range(0, options.Blocks[block - 1])
                .Select(i => ($"denselayer{i + 1}", (Module<Tensor, Tensor>)new DenseLayer(inputs + i * growth, growth)))));
            if (block == options.Blocks.Length)
            {
                yield return ("norm5", BatchNorm2d(width));
                yield return ("act5", ReLU(inplace: true));
                yield break;
            }
            channels = width / 2;
            yield return ($"transition{block}", Sequential(
                ("norm", BatchNorm2d(width)),
                ("act", ReLU(inplace: true)),
                ("conv", Conv2d(width, channels, 1, bias: false)),
                ("pool", AvgPool2d(2, stride: 2))));
        }
    }
}
