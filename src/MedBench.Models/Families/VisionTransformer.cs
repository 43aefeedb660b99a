using MedBench.Models.Cards;
using MedBench.Models.Layers;

namespace MedBench.Models.Families;

/// <summary>
/// The plain ViT (timm <c>models/vision_transformer.py</c>; Dosovitskiy et al. 2021), and with other options the image
/// encoders of DINO, CLIP (a LayerNorm before the blocks) and DINOv2 (LayerScale, patches of 14 px).
/// </summary>
public sealed class VisionTransformer : TokenTransformer
{
    /// <summary>What a card says of a ViT.</summary>
    /// <param name="PatchSize">Side of a patch in pixels.</param>
    /// <param name="Width">Width of a token.</param>
    /// <param name="Depth">Number of blocks.</param>
    /// <param name="Heads">Attention heads; must divide the width.</param>
    /// <param name="NormEps">Epsilon of the LayerNorms.</param>
    /// <param name="PreNorm">LayerNorm before the first block, and patches without bias (CLIP).</param>
    /// <param name="LayerScale">Initial LayerScale; null for none.</param>
    /// <param name="Activation">Activation of the MLPs, which are four times as wide as a token.</param>
    public sealed record Options(
        int PatchSize,
        int Width,
        int Depth,
        int Heads,
        double NormEps = 1e-6,
        bool PreNorm = false,
        double? LayerScale = null,
        Activation Activation = Activation.Gelu);

    /// <summary>Makes the model for the input size and classes of <paramref name="arguments"/>.</summary>
    public VisionTransformer(Options options, ModelArguments arguments)
        : base(
            new TokenTransformerPlan(options.Width, options.PatchSize, arguments.InputSize, options.NormEps, options.PreNorm),
            Enumerable.Range(0, options.Depth).Select(_ => new TransformerBlock(
                options.Width,
                options.NormEps,
                new Attention(options.Width, options.Heads),
                new Mlp(options.Width, 4 * options.Width, options.Activation),
                options.LayerScale)),
            arguments.NumClasses)
    {
    }

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static VisionTransformer Create(ModelCard card, ModelArguments arguments) => new(card.OptionsAs<Options>(), arguments);
}
