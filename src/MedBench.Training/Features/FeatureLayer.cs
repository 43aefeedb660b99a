using MedBench.Models;
using static TorchSharp.torch;

namespace MedBench.Training.Features;

/// <summary>Which output of an encoder is meant by features.</summary>
public enum FeatureLayer
{
    /// <summary>Pooled: what the model's classifier sees, (N, D).</summary>
    PreLogits,

    /// <summary>Before pooling: (N, T, D) with the tokens of a ViT (class token first, where there is one) or the places of a CNN's last map, row by row.</summary>
    Tokens,
}

/// <summary>Computes a <see cref="FeatureLayer"/>.</summary>
internal static class FeatureLayers
{
    public static Tensor Of(this FeatureLayer layer, ImageModel model, Tensor images) =>
        layer == FeatureLayer.PreLogits ? model.PreLogits(images) : model.Tokens(images);
}
