using MedBench.Core.Errors;
using MedBench.Models;
using MedBench.Models.Catalog;
using MedBench.Models.Families;
using MedBench.Models.Weights;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

[Collection(BackboneCollection.Name)]
public sealed class CnnFamilyTests
{
    private static readonly Vgg.Options s_narrowVgg = new([[4], [4], [4], [4], [8]]);

    // torchvision's published num_params with 1000 classes; Inception-v3's less its auxiliary classifier.
    public static TheoryData<Func<ImageModel>, long> Published() => new()
    {
        { () => new DenseNet(new DenseNet.Options(32, [6, 12, 24, 16]), 1000), 7_978_856 },
        { () => new DenseNet(new DenseNet.Options(48, [6, 12, 36, 24]), 1000), 28_681_000 },
        { () => new EfficientNet(new EfficientNet.Options(1, 1), 1000), 5_288_548 },
        { () => new EfficientNet(new EfficientNet.Options(1.2, 1.4), 1000), 12_233_232 },
        { () => new EfficientNet(new EfficientNet.Options(1.4, 1.8), 1000), 19_341_616 },
        { () => new InceptionV3(1000), 23_834_568 },
    };

    [Theory]
    [MemberData(nameof(Published), DisableDiscoveryEnumeration = true)]
    public void Family_With1000Classes_HasThePublishedParameterCount(Func<ImageModel> make, long parameters)
    {
        using var model = make();
        Assert.Equal(parameters, model.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Vgg_FeaturesBelow7x7_AreSpreadTo7x7()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new Vgg(s_narrowVgg, 3);
        model.eval();
        var features = model.ForwardFeatures(rand(2, 3, 32, 32));
        Assert.Equal([2, 8, 1, 1], features.shape);
        Assert.True(allclose(model.ForwardHead(features.expand(2, 8, 7, 7)), model.ForwardHead(features), rtol: 1e-5, atol: 1e-6));
    }

    [Fact]
    public void Vgg_FeaturesAbove7x7_AreAveragedAfterTheHiddenLayers()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new Vgg(s_narrowVgg, 3);
        model.eval();
        var features = rand(1, 8, 7, 8);
        var left = model.ForwardHead(features.narrow(3, 0, 7), preLogits: true);
        var right = model.ForwardHead(features.narrow(3, 1, 7), preLogits: true);
        Assert.True(allclose((left + right) / 2, model.ForwardHead(features, preLogits: true), rtol: 1e-5, atol: 1e-6));
    }

    [Fact]
    public void Vgg_InTraining_GivesTheSameFeaturesAsInEvaluation()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new Vgg(s_narrowVgg, 3);
        var images = rand(2, 3, 64, 64);
        Assert.False(model.HasBatchDependentFeatures);
        var training = model.PreLogits(images);
        model.eval();
        Assert.True(training.Equals(model.PreLogits(images)));
    }

    [Fact]
    public void Card_WithAnOptionItsArchitectureLacks_IsRefused()
    {
        var card = ModelCatalog.Get("inception_v3.tv_in1k");
        using var options = System.Text.Json.JsonDocument.Parse("""{ "auxiliary": true }""");
        var error = Assert.Throws<MedBenchException>(() => ModelCatalog.Create(card with { Options = options.RootElement }, 2));
        Assert.Contains("auxiliary", error.Message, StringComparison.Ordinal);
    }

    // timm makes inception_v3.tv_in1k without the auxiliary classifier that its file holds (models/inception_v3.py: load_strict = not has_aux_logits).
    [Fact]
    public void InceptionV3_PublishedFile_MayHoldTheAuxiliaryClassifier()
    {
        var remap = KeyRemap.Embedded(ModelCatalog.Get("inception_v3.tv_in1k").Hub!.Remap!);

        Assert.Null(remap.Apply("AuxLogits.conv0.conv.weight"));
        Assert.Equal("Mixed_6e.branch7x7_1.conv.weight", remap.Apply("Mixed_6e.branch7x7_1.conv.weight"));
    }
}
