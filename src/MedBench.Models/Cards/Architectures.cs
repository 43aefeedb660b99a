using MedBench.Models.Families;

namespace MedBench.Models.Cards;

/// <summary>The builders that cards refer to.</summary>
internal static class Architectures
{
    public static IReadOnlyDictionary<string, Func<ModelCard, ModelArguments, ImageModel>> All { get; } =
        new Dictionary<string, Func<ModelCard, ModelArguments, ImageModel>>(StringComparer.Ordinal)
        {
            ["eva"] = Eva.Create,
            ["resnet"] = ResNet.Create,
            ["samvit"] = SamViT.Create,
            ["vit"] = VisionTransformer.Create,
        };
}
