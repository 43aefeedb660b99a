using MedBench.Models.Cards;
using MedBench.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Models.Families;

/// <summary>
/// EVA-02 (timm <c>models/eva.py</c>; Fang et al. 2023): a ViT with rotary beside learned positions, separate query, key
/// and value projections and gated MLPs; the CLIP form has one more LayerNorm inside attention.
/// </summary>
public sealed class Eva : TokenTransformer
{
    private const double NormEps = 1e-6;

    /// <summary>What a card says of an EVA-02.</summary>
    /// <param name="PatchSize">Side of a patch in pixels.</param>
    /// <param name="Width">Width of a token.</param>
    /// <param name="Depth">Number of blocks.</param>
    /// <param name="Heads">Attention heads; must divide the width into multiples of 4.</param>
    /// <param name="MlpWidth">Width inside the MLPs.</param>
    /// <param name="ReferenceGrid">Tokens along one side that rotary positions are stretched to.</param>
    /// <param name="InnerNorm">LayerNorm inside attention, before the output projection.</param>
    /// <param name="Pooling">Which tokens the classifier sees.</param>
    public sealed record Options(
        int PatchSize,
        int Width,
        int Depth,
        int Heads,
        int MlpWidth,
        int ReferenceGrid,
        bool InnerNorm = false,
        TokenPooling Pooling = TokenPooling.Average);

    /// <summary>Makes the model for the input size and classes of <paramref name="arguments"/>.</summary>
    public Eva(Options options, ModelArguments arguments)
        : this(options, arguments, new RotaryEmbedding(options.Width / options.Heads, arguments.InputSize / options.PatchSize, options.ReferenceGrid))
    {
    }

    private Eva(Options options, ModelArguments arguments, RotaryEmbedding rotary)
        : base(
            new TokenTransformerPlan(
                options.Width,
                options.PatchSize,
                arguments.InputSize,
                NormEps,
                Pooling: options.Pooling,
                ClassTokenStd: 0.02,
                ClassifierScale: 0.001),
            Enumerable.Range(0, options.Depth).Select(_ => new TransformerBlock(
                options.Width,
                NormEps,
                new RotaryAttention(options.Width, options.Heads, rotary, options.InnerNorm ? NormEps : null),
                new SwiGlu(options.Width, options.MlpWidth, NormEps))),
            arguments.NumClasses)
    {
        Add("rope", rotary);
        ScaleByDepth(options.Depth);
    }

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static Eva Create(ModelCard card, ModelArguments arguments) => new(card.OptionsAs<Options>(), arguments);

    // timm's fix_init_weight: the branches' last layers shrink with depth.
    private void ScaleByDepth(int depth)
    {
        using var _ = no_grad();
        for (int block = 0; block < depth; block++)
        {
            using Scalar divisor = Math.Sqrt(2.0 * (block + 1)); // Held: TorchSharp does not keep one alive during a call.
            foreach (string layer in (string[])["attn.proj", "mlp.fc2"]) get_parameter($"blocks.{block}.{layer}.weight")!.div_(divisor);
        }
    }
}
