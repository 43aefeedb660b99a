using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Training.Engine;
using MedBench.Training.Recipes;

namespace MedBench.Tests.Training.Recipes;

/// <summary>Every number of sdoerrich97/rethinking-model-prototyping-MedMNISTPlus, train.py, evaluate.py and config.yaml.</summary>
public sealed class Doerrich2025Tests
{
    private static readonly Recipe s_recipe = RecipeCatalog.Get("doerrich2025");

    [Fact]
    public void Recipe_HasTheProtocolsInput()
    {
        Assert.Equal([9930641, 115149041, 252139603], s_recipe.Seeds);
        Assert.Equal(2, s_recipe.BinaryOutputs);
        Assert.Equal(256, s_recipe.EvaluationBatchSize);
        Assert.Equal("224", s_recipe.Input.Size);
        Assert.Empty(s_recipe.Input.SizeByModel);
        Assert.Equal(ResizeMode.PadAfterNormalize, s_recipe.Input.Resize);
        Assert.Null(s_recipe.Input.Mean);
        Assert.Null(s_recipe.Input.Std);
        Assert.Equal(["end-to-end", "knn", "linear-probing"], s_recipe.Methods.Keys.Order());
    }

    [Theory]
    [InlineData("linear-probing", false)]
    [InlineData("end-to-end", true)]
    public void Method_AdamW1e4_StopsAfterFiveEpochsWithoutALowerLoss(string name, bool encoder)
    {
        var method = s_recipe.Methods[name];
        Assert.Equal(100, method.Epochs);
        Assert.Null(method.Iterations);
        Assert.Equal(5, method.Patience);
        Assert.Equal(64, method.BatchSize);
        Assert.Empty(method.BatchSizeByModel);
        Assert.False(method.DropLast);
        Assert.Equal(new SelectionRule { Metric = SelectionMetric.Loss }, method.Selection);
        Assert.Equal(encoder, method.Encoder is not null);
        Assert.Equal(FrozenEncoderMode.Train, method.FrozenEncoder);
        foreach (var rule in new[] { method.Classifier!, method.Encoder ?? method.Classifier! })
        {
            Assert.Equal(OptimizerAlgorithm.AdamW, rule.Algorithm);
            Assert.Equal(1e-4, rule.RateFor(EncoderKind.CNN));
            Assert.Equal(1e-4, rule.RateFor(EncoderKind.ViT));
            Assert.Equal(0.01, rule.WeightDecay);
            Assert.Equal(ScheduleKind.Cosine, rule.Schedule.Kind);
            Assert.Equal(100, rule.Schedule.Epochs);
        }
    }

    [Fact]
    public void NearestNeighbours_AreEleven()
    {
        Assert.Equal(11, s_recipe.Methods["knn"].Neighbours);
        Assert.Equal(FrozenEncoderMode.Eval, s_recipe.Methods["knn"].FrozenEncoder);
    }

    [Theory]
    [InlineData("breastmnist", 9)]
    [InlineData("retinamnist", 17)]
    [InlineData("tissuemnist", 2586)]
    public void Plan_KeepsTheIncompleteLastBatch(string dataset, int iterations)
    {
        var plan = TrainingPlan.Create(s_recipe, s_recipe.Methods["end-to-end"], ModelCatalog.Get("resnet18.a1_in1k"), DatasetCatalog.Get(dataset).Splits.Train, 0);
        Assert.Equal((64, iterations, 100), (plan.BatchSize, plan.IterationsPerEpoch, plan.Epochs));
    }
}
