using MedBench.Models.Cards;
using MedBench.Models.Families;
using MedBench.Models.Onnx;

namespace MedBench.Models.Catalog;

/// <summary>The builders that cards refer to.</summary>
internal static class Architectures
{
    public static IReadOnlyDictionary<string, Func<ModelCard, ModelArguments, ImageModel>> All { get; } =
        new Dictionary<string, Func<ModelCard, ModelArguments, ImageModel>>(StringComparer.Ordinal)
        {
            ["alexnet"] = AlexNet.Create,
            ["densenet"] = DenseNet.Create,
            ["efficientnet"] = EfficientNet.Create,
            ["eva"] = Eva.Create,
            ["inception_resnet_v2"] = InceptionResNetV2.Create,
            ["inception_v3"] = InceptionV3.Create,
            [ModelCard.OnnxArchitecture] = OnnxEncoder.Create,
            ["resnet"] = ResNet.Create,
            ["samvit"] = SamViT.Create,
            ["vgg"] = Vgg.Create,
            ["vit"] = VisionTransformer.Create,
        };
}
