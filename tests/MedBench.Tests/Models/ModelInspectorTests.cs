using MedBench.Models.Catalog;
using MedBench.Models.Inspection;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

/// <summary>Parameters and multiply-accumulates: against timm's own table, and the cards against the models.</summary>
[Collection(BackboneCollection.Name)]
public sealed class ModelInspectorTests
{
    // param_count and infer_gmacs of timm's results/benchmark-infer-amp-nhwc-pt240-cu124-rtx3090.csv, which counts
    // normalisation too: 2 % of EfficientNet, less of the others.
    [Theory]
    [InlineData("resnet18.a1_in1k", 288, 11.69, 3.01)]
    [InlineData("densenet121.ra_in1k", 288, 7.98, 4.74)]
    [InlineData("efficientnet_b4.ra2_in1k", 384, 19.34, 4.51)]
    [InlineData("inception_v3.tv_in1k", 299, 23.83, 5.73)]
    public void Trace_Model_CountsAsTimm(string name, int size, double parameters, double gmacs) => Compare(name, size, parameters, gmacs);

    [Theory]
    [Trait("Cost", "Heavy")]
    [InlineData("vgg16.tv_in1k", 224, 138.36, 15.47)]
    [InlineData("inception_resnet_v2.tf_in1k", 299, 55.84, 13.18)]
    [InlineData("vit_base_patch16_224.augreg2_in21k_ft_in1k", 224, 86.57, 17.58)]
    [InlineData("eva02_base_patch14_224.mim_in22k", 224, 85.76, 23.22)]
    [InlineData("eva02_base_patch16_clip_224.merged2b", 224, 86.26, 17.62)]
    [InlineData("vit_small_patch14_dinov2.lvd142m", 518, 22.06, 46.76)]
    [InlineData("vit_base_patch14_dinov2.lvd142m", 518, 86.58, 151.71)]
    [InlineData("samvit_base_patch16.sa1b", 1024, 89.67, 486.43)]
    public void Trace_HeavyModel_CountsAsTimm(string name, int size, double parameters, double gmacs) => Compare(name, size, parameters, gmacs);

    private static void Compare(string name, int size, double parameters, double gmacs)
    {
        using var scope = NewDisposeScope();
        var card = ModelCatalog.Get(name);
        using var model = ModelCatalog.Create(card, card.DefaultClasses, size);
        var layers = ModelInspector.Trace(model, size);
        long own = model.parameters().Sum(p => p.numel());
        double macs = layers.Sum(l => l.Macs) / 1e9;

        Assert.Equal(parameters, own / 1e6, 0.01);
        Assert.InRange(macs, 0.975 * gmacs, 1.005 * gmacs);
        Assert.Equal(card.Parameters, own);
        if (size == card.InputSize) Assert.Equal(card.Gmacs, macs, 0.01);
    }

    [Fact]
    public void Trace_ResNet_ListsLayersWithShapes()
    {
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(ModelCatalog.Get("resnet18.a1_in1k"), 7);

        var stem = ModelInspector.Trace(model, 64).Single(l => l.Name == "conv1");

        Assert.Equal("Conv2d", stem.Type);
        Assert.Equal([1L, 64, 32, 32], stem.OutputShape);
        Assert.Equal(64 * 3 * 7 * 7, stem.Parameters);
        Assert.Equal(32L * 32 * 64 * 3 * 7 * 7, stem.Macs);
    }
}
