using MedBench.Core.Errors;
using MedBench.Models.Catalog;
using MedBench.Training.Engine;
using MedBench.Training.Recipes;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Engine;

public sealed class LastBatchTests
{
    private static void Check(string name, int size, int images, bool dropLast = false)
    {
        using var scope = NewDisposeScope();
        var card = ModelCatalog.Get(name);
        var recipe = RecipeCatalog.Get("demo");
        using var model = ModelCatalog.Create(card, 4, size);
        LastBatch.Check(TrainingPlan.Create(recipe, recipe.Methods["from-scratch"] with { DropLast = dropLast }, card, images, 0), images, model, size, CPU);
    }

    // 33 = 2 * 16 + 1; an ImageNet ResNet ends at 1 x 1 at 28 px.
    [Fact]
    public void Check_OneImageLeftAndOnePlace_IsRefusedWithTheNumbers()
    {
        var error = Assert.Throws<MedBenchException>(() => Check("resnet18.a1_in1k", 28, 33));

        Assert.Contains("33 training images in batches of 16 leave a last batch of one image, and at 28 px layer4", error.Message);
        Assert.Contains("drop-last: true", error.Fix);
    }

    [Theory]
    [InlineData("resnet18.a1_in1k", 28, 34, false)]
    [InlineData("resnet18.a1_in1k", 28, 32, false)]
    [InlineData("resnet18.a1_in1k", 28, 33, true)]
    [InlineData("resnet18.a1_in1k", 64, 33, false)]
    [InlineData("resnet18.cifar", 28, 33, false)]
    public void Check_WhatCanBeNormalised_Passes(string model, int size, int images, bool dropLast) => Check(model, size, images, dropLast);
}
