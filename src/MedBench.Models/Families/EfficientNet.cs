using MedBench.Models.Cards;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>EfficientNet (timm <c>models/efficientnet.py</c>, the PyTorch-padded models without the prefix <c>tf_</c>; dropout and drop-path 0, timm's default).</summary>
public sealed class EfficientNet : PooledConvNet
{
    /// <summary>What a card says of an EfficientNet.</summary>
    /// <param name="Width">Channel multiplier, 1 for B0.</param>
    /// <param name="Depth">Multiplier of the blocks per stage, 1 for B0.</param>
    public sealed record Options(double Width, double Depth)
    {
        /// <summary>B0's channels scaled: the multiple of 8 that is nearest, but never below 90 % of the scaled value.</summary>
        public int Channels(int channels)
        {
            double scaled = channels * Width;
            int rounded = Math.Max(8, (int)(scaled + 4) / 8 * 8);
            return rounded < 0.9 * scaled ? rounded + 8 : rounded;
        }

        /// <summary>B0's blocks of a stage scaled and rounded up.</summary>
        public int Blocks(int blocks) => (int)Math.Ceiling(blocks * Depth);
    }

    // B0's stages, as in timm's arch_def.
    private static readonly (int Blocks, int Kernel, int Stride, int Expansion, int Channels)[] s_stages =
    [
        (1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320),
    ];

    private const int Stem = 32, Head = 1280;

    /// <summary>Makes the model; <paramref name="numClasses"/> 0 leaves the classifier out.</summary>
    public EfficientNet(Options options, int numClasses)
        : base(options.Channels(Head), "classifier",
        [
            ("conv_stem", Conv2d(3, options.Channels(Stem), 3, stride: 2, padding: 1, bias: false)),
            ("bn1", BatchNorm2d(options.Channels(Stem))),
            ("act1", SiLU()),
            ("blocks", Sequential(Stages(options))),
            ("conv_head", Conv2d(options.Channels(s_stages[^1].Channels), options.Channels(Head), 1, bias: false)),
            ("bn2", BatchNorm2d(options.Channels(Head))),
            ("act2", SiLU()),
        ])
    {
        using var _ = no_grad();
        foreach (var conv in modules().OfType<Conv2d>())
        {
            // He normal by the fan-out of one group, as in the TensorFlow original.
            double fanOut = (double)conv.weight!.numel() / conv.weight.shape[1] / conv.groups;
            init.normal_(conv.weight, 0, Math.Sqrt(2 / fanOut));
            if (conv.bias is { } bias) init.zeros_(bias);
        }
        ResetClassifier(numClasses);
    }

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static EfficientNet Create(ModelCard card, ModelArguments arguments) => new(card.OptionsAs<Options>(), arguments.NumClasses);

    /// <inheritdoc/>
    /// <remarks>Uniform within ±1/sqrt(outputs), bias 0.</remarks>
    protected override void InitialiseClassifier(Linear classifier)
    {
        double range = 1 / Math.Sqrt(classifier.out_features);
        init.uniform_(classifier.weight!, -range, range);
        init.zeros_(classifier.bias!);
    }

    private static IEnumerable<Module<Tensor, Tensor>> Stages(Options options)
    {
        int inputs = options.Channels(Stem);
        foreach (var (blocks, kernel, stride, expansion, channels) in s_stages)
        {
            int outputs = options.Channels(channels);
            var stage = new List<Module<Tensor, Tensor>>();
            for (int i = 0; i < options.Blocks(blocks); i++)
            {
                stage.Add(new MobileBlock(inputs, outputs, kernel, i == 0 ? stride : 1, expansion));
                inputs = outputs;
            }
            yield return Sequential(stage);
        }
    }
}
