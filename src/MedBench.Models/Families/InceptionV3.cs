using MedBench.Models.Cards;
using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Models.Families;

/// <summary>
/// Inception-v3 (timm <c>models/inception_v3.py</c>) without the auxiliary classifier, as timm makes it by default.
/// The checkpoint <c>tv_in1k</c> has weights for that classifier (<c>AuxLogits.*</c>), which timm leaves unread too.
/// Inputs must be at least 75 px.
/// </summary>
public sealed class InceptionV3 : PooledConvNet
{
    private const double Std = 0.1;

    /// <summary>Makes the model; <paramref name="numClasses"/> 0 leaves the classifier out.</summary>
    public InceptionV3(int numClasses)
        : base(2048, "fc",
        [
            .. InceptionConv.Stem("Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "Pool1", "Conv2d_3b_1x1", "Conv2d_4a_3x3", "Pool2"),
            ("Mixed_5b", InceptionBlock.A(192, 32)),
            ("Mixed_5c", InceptionBlock.A(256, 64)),
            ("Mixed_5d", InceptionBlock.A(288, 64)),
            ("Mixed_6a", InceptionBlock.B(288)),
            ("Mixed_6b", InceptionBlock.C(768, 128)),
            ("Mixed_6c", InceptionBlock.C(768, 160)),
            ("Mixed_6d", InceptionBlock.C(768, 160)),
            ("Mixed_6e", InceptionBlock.C(768, 192)),
            ("Mixed_7a", InceptionBlock.D(768)),
            ("Mixed_7b", InceptionBlock.E(1280)),
            ("Mixed_7c", InceptionBlock.E(2048)),
        ])
    {
        using var _ = no_grad();
        foreach (var conv in modules().OfType<Conv2d>()) TruncatedNormal.Fill(conv.weight!, Std);
        ResetClassifier(numClasses);
    }

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static InceptionV3 Create(ModelCard card, ModelArguments arguments)
    {
        card.OptionsAs<NoOptions>();
        return new InceptionV3(arguments.NumClasses);
    }

    /// <inheritdoc/>
    /// <remarks>Truncated normal with standard deviation 0.1; the bias keeps torch's default.</remarks>
    protected override void InitialiseClassifier(Linear classifier) => TruncatedNormal.Fill(classifier.weight!, Std);
}
