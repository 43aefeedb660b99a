using MedBench.Models.Cards;
using MedBench.Models.Families;
using MedBench.Models.Layers;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Layers;

[Collection(BackboneCollection.Name)]
public sealed class CheckpointAdaptationTests
{
    private static readonly VisionTransformer.Options s_vit = new(PatchSize: 16, Width: 8, Depth: 1, Heads: 2);
    private static readonly SamViT.Options s_sam = new(PatchSize: 16, Width: 8, Depth: 2, Heads: 2, Window: 2, GlobalBlocks: [1], NeckWidth: 4);

    [Fact]
    public void ViT_PositionsOfAnotherGrid_AreResampled()
    {
        using var scope = NewDisposeScope();
        using var model = new VisionTransformer(s_vit, new ModelArguments(0, InputSize: 64));
        var stored = rand(1, 1 + 7 * 7, 8);
        long[] expected = model.get_parameter("pos_embed")!.shape;

        var adapted = model.AdaptCheckpointTensor("pos_embed", stored, expected)!;

        Assert.Equal(expected, adapted.shape);
        Assert.True(adapted.equal(PositionEmbedding.Resample(stored, (4, 4))).all().item<bool>());
        Assert.True(adapted[.., 0].equal(stored[.., 0]).all().item<bool>());
    }

    [Theory]
    [InlineData("pos_embed", new long[] { 1, 1 + 48, 8 })]
    [InlineData("pos_embed", new long[] { 1, 1 + 49, 16 })]
    [InlineData("pos_embed", new long[] { 1, 7, 7, 8 })]
    [InlineData("cls_token", new long[] { 1, 1 + 49, 8 })]
    [InlineData("patch_embed.proj.weight", new long[] { 8, 3, 14, 14 })]
    public void ViT_WhatItCannotResample_IsRefused(string name, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var model = new VisionTransformer(s_vit, new ModelArguments(0, InputSize: 64));
        Assert.Null(model.AdaptCheckpointTensor(name, rand(shape), model.get_parameter(name)!.shape));
    }

    [Theory]
    [InlineData("pos_embed", new long[] { 1, 4, 4, 8 })]
    [InlineData("blocks.1.attn.rel_pos_h", new long[] { 7, 4 })]
    [InlineData("blocks.1.attn.rel_pos_w", new long[] { 7, 4 })]
    public void SamViT_PositionsOfAnotherSize_AreResampled(string name, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var model = new SamViT(s_sam, trainedSize: 128, new ModelArguments(0, InputSize: 64));
        long[] expected = model.get_parameter(name)!.shape;
        Assert.NotEqual(shape, expected);
        Assert.Equal(expected, model.AdaptCheckpointTensor(name, rand(shape), expected)!.shape);
        Assert.Null(model.AdaptCheckpointTensor("blocks.1.norm1.weight", rand(4), [8]));
    }

    [Fact]
    public void SamViT_OtherInputSize_KeepsTheSizeOfItsParameters()
    {
        using var model = new SamViT(s_sam, trainedSize: 128, new ModelArguments(0, InputSize: 80));
        using var images = rand(1, 3, 80, 80);
        using var features = model.ForwardFeatures(images);
        Assert.Equal([1, 8, 8, 8], model.get_parameter("pos_embed")!.shape);
        Assert.Equal([1, 4, 5, 5], features.shape);
    }
}
