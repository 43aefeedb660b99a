using System.Text.Json;
using MedBench.Data.Datasets;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Tests.Training.Runs;

public sealed class RunConfigurationTests
{
    private static readonly ModelCard s_rgb = ModelCatalog.Get("resnet18.a1_in1k");
    private static readonly ModelCard s_bgr = s_rgb with { ChannelOrder = ChannelOrder.BGR, PixelMax = 255, Mean = [51, 102, 204], Std = [255, 127.5f, 51] };

    [Fact]
    public void Input_CardInBgrAndBytes_IsInUnitsOfOneAndKeepsItsOrder()
    {
        var input = Configuration(s_bgr, "doerrich2025", "knn").Input;
        Assert.True(input.BlueFirst);
        Assert.Equal([0.2f, 0.4f, 0.8f], input.Mean);
        Assert.Equal([1, 0.5f, 0.2f], input.Std);
    }

    [Fact]
    public void Input_RecipesOwnStatistics_AreRgbInUnitsOfOne()
    {
        var run = Configuration(s_bgr, "yang2023", "from-scratch");
        var input = (run with { Recipe = run.Recipe with { Input = new() { Size = "native", Resize = run.Recipe.Input.Resize, Filter = run.Recipe.Input.Filter, Mean = [0.1f, 0.2f, 0.3f], Std = [0.4f, 0.5f, 0.6f] } } }).Input;
        Assert.Equal([0.3f, 0.2f, 0.1f], input.Mean);
        Assert.Equal([0.6f, 0.5f, 0.4f], input.Std);
    }

    [Fact]
    public void Input_RgbCard_KeepsItsIdentity()
    {
        var input = Configuration(s_rgb, "doerrich2025", "knn").Input;
        Assert.Equal(s_rgb.Mean, input.Mean);
        Assert.DoesNotContain("BlueFirst", JsonSerializer.Serialize(input), StringComparison.Ordinal);
        Assert.Contains("BlueFirst", JsonSerializer.Serialize(input with { BlueFirst = true }), StringComparison.Ordinal);
    }

    private static RunConfiguration Configuration(ModelCard model, string recipe, string method) =>
        new(DatasetCatalog.Get("breastmnist"), 28, model, RecipeCatalog.Get(recipe), MethodName.Parse(method));
}
