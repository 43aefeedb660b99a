using System.Text.Json.Nodes;
using MedBench.Models;
using MedBench.Models.Catalog;
using MedBench.Models.Parity;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

/// <summary>bfloat16 forms of small members of each family, by formula weights.</summary>
public sealed class BFloat16Tests
{
    public static TheoryData<string, string> Models => new()
    {
        { "resnet18.a1_in1k", """{ "layers": [1, 1, 0, 0] }""" },
        { "densenet121.ra_in1k", "{}" },
        { "vit_small_patch16_224.dino", """{ "depth": 2 }""" },
        { "vit_small_patch14_dinov2.lvd142m", """{ "depth": 2 }""" },
        { "eva02_base_patch16_clip_224.merged2b", """{ "depth": 1, "width": 96 }""" },
        { "samvit_base_patch16.sa1b", """{ "depth": 2, "globalBlocks": [1], "width": 96 }""" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Logits_InBFloat16_AreThoseOfFloat32ToItsPrecision(string name, string changes)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var exact = Create(name, changes);
        using var rounded = Create(name, changes);
        rounded.UseBFloat16();
        exact.eval();
        rounded.eval();
        var images = FormulaWeights.Input("bf16", 2, 3, Size, Size);

        var (expected, actual) = (exact.call(images), rounded.call(images));
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.Equal(ScalarType.Float32, rounded.PreLogits(images).dtype);
        Assert.Equal(ScalarType.Float32, rounded.Tokens(images).dtype);
        double error = (expected - actual).abs().max().item<float>() / expected.abs().max().item<float>();
        // bfloat16 rounds to 2^-9 = 0.2 %; a handful of layers adds up.
        Assert.InRange(error, 1e-5, 3e-2);
    }

    [Fact]
    public void UseBFloat16_LeavesBatchNormExact()
    {
        using var exact = Create("resnet18.a1_in1k", """{ "layers": [1, 0, 0, 0] }""");
        using var rounded = Create("resnet18.a1_in1k", """{ "layers": [1, 0, 0, 0] }""");
        rounded.UseBFloat16();
        var (before, after) = (Norms(exact), Norms(rounded));
        Assert.All(before.Zip(after), pair =>
        {
            Assert.Equal(pair.First.dtype, pair.Second.dtype);
            Assert.True(pair.First.eq(pair.Second).all().item<bool>());
        });
        Assert.All(rounded.modules().OfType<Conv2d>(), conv => Assert.Equal(ScalarType.BFloat16, conv.weight!.dtype));

        static List<Tensor> Norms(ImageModel model) => [.. model.modules().OfType<BatchNorm>().SelectMany(m => m.parameters().Concat<Tensor>(m.buffers()))];
    }

    private const int Size = 56;

    private static ImageModel Create(string name, string changes)
    {
        var card = ModelCatalog.Get(name);
        var options = JsonNode.Parse(card.Options.GetRawText())!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(changes)!.AsObject()) options[key] = value?.DeepClone();
        var model = ModelCatalog.Create(card with { Options = System.Text.Json.JsonSerializer.SerializeToElement(options) }, 4, Size);
        FormulaWeights.Fill(model);
        return model;
    }
}
