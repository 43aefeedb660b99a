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
public sealed class ResNet : PooledConvNet
{
    /// <summary>What a card says of a ResNet.</summary>
    /// <param name="Layers">Residual blocks in each of the four stages.</param>
    /// <param name="Bottleneck">1×1-3×3-1×1 blocks with expansion 4 instead of two 3×3 convolutions.</param>
    /// <param name="CifarStem">3×3 stride-1 stem without max-pooling, and torch's default initialisation as in the MedMNIST code.</param>
    /// <param name="ZeroInitLast">Each block starts as the identity, as timm has it; torchvision's starts with all norms at one.</param>
    public sealed record Options(int[] Layers, bool Bottleneck = false, bool CifarStem = false, bool ZeroInitLast = true);

    private static readonly int[] s_widths = [64, 128, 256, 512];

    /// <summary>Makes the model; <paramref name="numClasses"/> 0 leaves the classifier out.</summary>
    /// <remarks>The classifier has torch's default initialisation, as in timm.</remarks>
    public ResNet(Options options, int numClasses)
        : base(Outputs(options), "fc", Body(options))
    {
        if (!options.CifarStem) InitialiseByFanOut(options.ZeroInitLast);
        ResetClassifier(numClasses);
    }

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static ResNet Create(ModelCard card, ModelArguments arguments) => new(card.OptionsAs<Options>(), arguments.NumClasses);

    // A stage may be empty: then the one before it is the last.
    private static int Outputs(Options options)
    {
        int last = Array.FindLastIndex(options.Layers, blocks => blocks > 0);
        return last < 0 ? s_widths[0] : s_widths[last] * (options.Bottleneck ? ResidualBlock.Expansion : 1);
    }

    private static IEnumerable<(string Name, Module<Tensor, Tensor> Module)> Body(Options options)
    {
        yield return ("conv1", options.CifarStem
            ? Conv2d(3, s_widths[0], 3, stride: 1, padding: 1, bias: false)
            : Conv2d(3, s_widths[0], 7, stride: 2, padding: 3, bias: false));
        yield return ("bn1", BatchNorm2d(s_widths[0]));
        yield return ("act1", ReLU(inplace: true));
        if (!options.CifarStem) yield return ("maxpool", MaxPool2d(3, stride: 2, padding: 1));
        int inputs = s_widths[0];
        for (int stage = 0; stage < s_widths.Length; stage++)
        {
            var blocks = new List<Module<Tensor, Tensor>>();
            for (int i = 0; i < options.Layers[stage]; i++)
            {
                int stride = i == 0 && stage > 0 ? 2 : 1;
                var block = options.Bottleneck ? ResidualBlock.Bottleneck(inputs, s_widths[stage], stride) : ResidualBlock.Basic(inputs, s_widths[stage], stride);
                inputs = block.Outputs;
                blocks.Add(block);
            }
            yield return ($"layer{stage + 1}", Sequential(blocks));
        }
    }

    // timm's init_weights and torchvision's constructor: He normal by fan-out; in timm the last BatchNorm of each block at zero.
    private void InitialiseByFanOut(bool zeroInitLast)
    {
        using var _ = no_grad();
        foreach (var module in modules())
        {
            if (module is Conv2d conv) Init.KaimingNormalFanOut(conv);
            if (zeroInitLast && module is ResidualBlock block) init.zeros_(block.LastNorm.weight!);
        }
    }
}
