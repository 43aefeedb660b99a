using MedBench.Core.Errors;
using MedBench.Models;
using MedBench.Models.Layers;
using MedBench.Training.Features;
using MedBench.Training.Recipes;
using static TorchSharp.torch;

namespace MedBench.Training.Heads;

/// <summary>Makes the head of a <see cref="HeadRule"/>.</summary>
public static class ProbeHead
{
    /// <summary>State-dict prefix of a head that is not the model's own.</summary>
    public const string Name = "probe";

    /// <summary>What a head of <paramref name="rule"/> sees.</summary>
    public static FeatureLayer LayerOf(HeadRule? rule) => rule?.Kind == HeadKind.AttentionPool ? FeatureLayer.Tokens : FeatureLayer.PreLogits;

    /// <summary>The head, on the CPU; null where the model's own classifier is the head.</summary>
    /// <param name="rule">Which head.</param>
    /// <param name="model">The encoder.</param>
    /// <param name="outputs">Logits.</param>
    /// <param name="seed">Seed of the initialisation.</param>
    /// <exception cref="MedBenchException">The attention heads do not divide the width of the encoder's tokens.</exception>
    public static Block? Create(HeadRule? rule, ImageModel model, int outputs, int seed)
    {
        manual_seed(seed);
        if (rule?.AttentionHeads is { } heads && model.NumFeatures % heads != 0)
            throw new MedBenchException($"{heads} attention heads do not divide the {model.NumFeatures} channels of the encoder", "choose a divisor as attention-heads in the recipe");
        return rule?.Kind switch
        {
            HeadKind.Mlp => new MlpHead(model.HeadHiddenSize, rule.Hidden!.Value, outputs),
            HeadKind.AttentionPool => new AttentionPool(model.NumFeatures, rule.AttentionHeads!.Value, outputs),
            _ => null,
        };
    }
}
