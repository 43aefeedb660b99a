using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Training.Engine;
using MedBench.Training.Recipes;

namespace MedBench.Tests.Training.Recipes;

/// <summary>Every number of MedMNIST/experiments, MedMNIST2D/train_and_eval_pytorch.py.</summary>
public sealed class Yang2023Tests
{
    private static readonly Recipe s_recipe = RecipeCatalog.Get("yang2023");

    [Fact]
    public void Recipe_HasTheProtocolsInput()
    {
        Assert.Equal(28, s_recipe.DatasetSize);
        Assert.Equal(2, s_recipe.BinaryOutputs);
        Assert.Equal(128, s_recipe.EvaluationBatchSize);
        Assert.Equal("native", s_recipe.Input.Size);
        Assert.Equal(ResizeMode.None, s_recipe.Input.Resize);
        Assert.Equal([0.5f, 0.5f, 0.5f], s_recipe.Input.Mean!);
        Assert.Equal([0.5f, 0.5f, 0.5f], s_recipe.Input.Std!);
        Assert.True(s_recipe.Seeds.Distinct().Count() >= 5, "BreastMNIST's 156 test images need at least five runs");
    }

    [Fact]
    public void FromScratch_Adam1e3_LosesNineTenthsAtHalfAndThreeQuarters()
    {
        var method = Assert.Single(s_recipe.Methods, m => m.Key == "from-scratch").Value;
        Assert.Equal(100, method.Epochs);
        Assert.Null(method.Iterations);
        Assert.Null(method.Patience);
        Assert.Equal(128, method.BatchSize);
        Assert.False(method.DropLast);
        Assert.Equal(new SelectionRule { Metric = SelectionMetric.Auc }, method.Selection);
        foreach (var rule in new[] { method.Encoder!, method.Classifier! })
        {
            Assert.Equal(OptimizerAlgorithm.Adam, rule.Algorithm);
            Assert.Equal(1e-3, rule.RateFor(EncoderKind.CNN));
            Assert.Equal(0, rule.WeightDecay);
            Assert.Equal(ScheduleKind.MultiStep, rule.Schedule.Kind);
            Assert.Equal([50, 75], rule.Schedule.Milestones);
            Assert.Equal(0.1, rule.Schedule.Gamma);
        }
    }

    [Fact]
    public void Plan_BreastMnist_HasFiveIterations()
    {
        var plan = TrainingPlan.Create(s_recipe, s_recipe.Methods["from-scratch"], ModelCatalog.Get("resnet18.cifar"), 546, 0);
        Assert.Equal((128, 5, 100), (plan.BatchSize, plan.IterationsPerEpoch, plan.Epochs));
    }
}
