using MedBench.Models.Cards;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>Inception-ResNet-v2 (timm <c>models/inception_resnet_v2.py</c>), torch's default initialisation throughout. Inputs must be at least 75 px.</summary>
public sealed class InceptionResNetV2 : PooledConvNet
{
    private const int Outputs = 1536;

    /// <summary>Makes the model; <paramref name="numClasses"/> 0 leaves the classifier out.</summary>
    public InceptionResNetV2(int numClasses)
        : base(Outputs, "classif",
        [
            .. InceptionConv.Stem("conv2d_1a", "conv2d_2a", "conv2d_2b", "maxpool_3a", "conv2d_3b", "conv2d_4a", "maxpool_5a"),
            ("mixed_5b", InceptionResNetBlock.Mixed5b()),
            ("repeat", Repeat(10, InceptionResNetBlock.Block35)),
            ("mixed_6a", InceptionResNetBlock.Mixed6a()),
            ("repeat_1", Repeat(20, InceptionResNetBlock.Block17)),
            ("mixed_7a", InceptionResNetBlock.Mixed7a()),
            ("repeat_2", Repeat(9, () => InceptionResNetBlock.Block8())),
            ("block8", InceptionResNetBlock.Block8(scale: 1, relu: false)),
            ("conv2d_7b", InceptionConv.Square(2080, Outputs, 1)),
        ]) => ResetClassifier(numClasses);

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static InceptionResNetV2 Create(ModelCard card, ModelArguments arguments)
    {
        card.OptionsAs<NoOptions>();
        return new InceptionResNetV2(arguments.NumClasses);
    }

    private static Module<Tensor, Tensor> Repeat(int times, Func<InceptionResNetBlock> block) =>
        Sequential(Enumerable.Range(0, times).Select(_ => block()));
}
