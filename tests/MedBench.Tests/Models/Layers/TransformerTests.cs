using MedBench.Core.Errors;
using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Families;
using MedBench.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Layers;

/// <summary>Small transformers of the three families: what the parity tests do not reach.</summary>
[Collection(BackboneCollection.Name)]
public sealed class TransformerTests
{
    private static readonly ModelArguments s_arguments = new(NumClasses: 1000, InputSize: 32);

    public static TheoryData<string> Families => ["vit", "eva", "samvit"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Model_MadeInsideAScope_OutlivesIt(string family)
    {
        ImageModel model;
        using (NewDisposeScope()) model = Make(family);
        using var images = rand(2, 3, 32, 32);
        using var logits = model.forward(images);
        Assert.Equal([2, 1000], logits.shape);
        model.Dispose();
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Model_ConvertedToDouble_ComputesTheSame(string family)
    {
        using var scope = NewDisposeScope();
        using var model = Make(family);
        var images = rand(2, 3, 32, 32);
        var expected = model.PreLogits(images);
        model.to(ScalarType.Float64);
        var actual = model.PreLogits(images.to(ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, actual.dtype);
        Assert.True(allclose(expected.to(ScalarType.Float64), actual, rtol: 1e-3, atol: 1e-5));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Forward_ImagesOfAnotherSize_SaysWhichAreWanted(string family)
    {
        using var model = Make(family);
        using var images = rand(2, 3, 32, 48);
        var e = Assert.Throws<MedBenchException>(() => model.forward(images));
        Assert.Contains("(2, 3, 32, 48)", e.Message, StringComparison.Ordinal);
        Assert.Contains("32×32", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ImageSmallerThanAPatch_IsRefused() =>
        Assert.Throws<MedBenchException>(() => new VisionTransformer(new(16, 64, 1, 2), new ModelArguments(0, InputSize: 15)));

    [Theory]
    [InlineData("vit", 0.02)]
    [InlineData("eva", 0.02 * 0.001)]
    public void NewClassifier_OfTokenTransformer_IsTruncatedNormalWithZeroBias(string family, double std)
    {
        using var scope = NewDisposeScope();
        using var model = Make(family);
        for (int repeat = 0; repeat < 2; repeat++)
        {
            Assert.Equal(std, Std(model, "head.weight"), 0.02 * std);
            Assert.Equal(0, model.get_parameter("head.bias")!.abs().max().item<float>());
            model.ResetClassifier(2000);
        }
    }

    [Fact]
    public void NewClassifier_OfSamViT_IsTorchsDefault()
    {
        using var scope = NewDisposeScope();
        using var model = Make("samvit");
        double bound = 1 / Math.Sqrt(model.NumFeatures);
        Assert.Equal(bound / Math.Sqrt(3), Std(model, "head.fc.weight"), 0.03 * bound);
        Assert.InRange(model.get_parameter("head.fc.bias")!.abs().max().item<float>(), 0.9 * bound, bound);
    }

    [Fact]
    public void NewEncoder_OfTokenTransformer_IsInitialisedAsTimmDoes()
    {
        using var scope = NewDisposeScope();
        using var vit = Make("vit");
        using var eva = Make("eva");
        Assert.Equal(0.02, Std(vit, "blocks.1.attn.qkv.weight"), 0.001);
        Assert.Equal(0.02, Std(vit, "blocks.1.mlp.fc2.weight"), 0.001);
        Assert.Equal(0.02, Std(vit, "pos_embed"), 0.005);
        Assert.InRange(Std(vit, "cls_token"), 0.5e-6, 2e-6);
        Assert.Equal(0, vit.get_parameter("blocks.1.attn.qkv.bias")!.abs().max().item<float>());
        Assert.Equal(0.02 / Math.Sqrt(2), Std(eva, "blocks.0.attn.proj.weight"), 0.001);
        Assert.Equal(0.02 / Math.Sqrt(4), Std(eva, "blocks.1.mlp.fc2.weight"), 0.001);
        Assert.InRange(Std(eva, "cls_token"), 0.01, 0.03);
    }

    [Theory]
    [InlineData(Activation.Gelu, -1.0, -0.15865525393145707)]
    [InlineData(Activation.Gelu, 2.0, 1.9544997361036416)]
    [InlineData(Activation.QuickGelu, -1.0, -0.1542042340671787)]
    [InlineData(Activation.QuickGelu, 2.0, 1.9356586231442083)]
    public void Activation_OfOneNumber_EqualsItsFormula(Activation activation, double x, double expected)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected, activation.Apply(tensor(x)).item<double>(), 1e-9);
    }

    private static double Std(ImageModel model, string parameter) => model.get_parameter(parameter)!.std().item<float>();

    private static ImageModel Make(string family)
    {
        random.manual_seed(1);
        return family switch
        {
            "vit" => new VisionTransformer(new(PatchSize: 16, Width: 64, Depth: 2, Heads: 2, LayerScale: 0.1), s_arguments),
            "eva" => new Eva(new(PatchSize: 16, Width: 64, Depth: 2, Heads: 2, MlpWidth: 128, ReferenceGrid: 2, InnerNorm: true), s_arguments),
            _ => new SamViT(new(PatchSize: 16, Width: 64, Depth: 2, Heads: 2, Window: 3, GlobalBlocks: [1], NeckWidth: 16), trainedSize: 64, s_arguments),
        };
    }
}
