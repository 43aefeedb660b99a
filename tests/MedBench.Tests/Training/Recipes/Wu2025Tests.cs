using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Training.Engine;
using MedBench.Training.Recipes;

namespace MedBench.Tests.Training.Recipes;

/// <summary>Every number of FupingWu90/FMMIC, SFT/Common_Main.py and SFT/Common_Trainer.py.</summary>
public sealed class Wu2025Tests
{
    private static readonly Recipe s_recipe = RecipeCatalog.Get("wu2025");

    private static readonly string[] s_methods = ["end-to-end", "end-to-end/as-released", "linear-probing", "linear-probing/frozen-statistics"];

    public static TheoryData<string> Methods => [.. s_methods];

    [Fact]
    public void Recipe_HasTheProtocolsInput()
    {
        Assert.Equal(224, s_recipe.DatasetSize);
        Assert.Equal([0, 1, 2], s_recipe.Seeds);
        Assert.Equal(1, s_recipe.BinaryOutputs);
        Assert.Equal(64, s_recipe.EvaluationBatchSize);
        Assert.Equal("224", s_recipe.Input.Size);
        Assert.Equal(ResizeMode.Scale, s_recipe.Input.Resize);
        Assert.Equal(PillowFilter.Bilinear, s_recipe.Input.Filter);
        Assert.Null(s_recipe.Input.Mean);
        Assert.Null(s_recipe.Input.Std);
        Assert.Equal(518, s_recipe.Input.SizeByModel["vit_small_patch14_dinov2.lvd142m"]);
        Assert.Equal(518, s_recipe.Input.SizeByModel["vit_base_patch14_dinov2.lvd142m"]);
    }

    [Fact]
    public void Recipe_HasFourMethods() => Assert.Equal(s_methods, s_recipe.Methods.Keys.Order());

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_RunsAtMost15000IterationsOf64AndKeepsTheBestAccuracy(string name)
    {
        var method = s_recipe.Methods[name];
        Assert.Equal(15_000, method.Iterations);
        Assert.Null(method.Epochs);
        Assert.Null(method.Patience);
        Assert.Null(method.Neighbours);
        Assert.Equal(64, method.BatchSize);
        Assert.True(method.DropLast);
        Assert.Equal(new SelectionRule { Metric = SelectionMetric.Accuracy, Evaluations = 10 }, method.Selection);
    }

    [Theory]
    [InlineData("linear-probing")]
    [InlineData("linear-probing/frozen-statistics")]
    [InlineData("end-to-end")]
    public void Classifier_AdamW1e3_LosesATenthEvery200Iterations(string name)
    {
        var rule = s_recipe.Methods[name].Classifier!;
        Assert.Equal(OptimizerAlgorithm.AdamW, rule.Algorithm);
        Assert.Equal(1e-3, rule.LearningRate);
        Assert.Equal(0.01, rule.WeightDecay);
        Assert.Equal(ScheduleKind.Exponential, rule.Schedule.Kind);
        Assert.Equal(0.9, rule.Schedule.Gamma);
        Assert.Equal(200, rule.Schedule.EveryIterations);
    }

    [Theory]
    [InlineData("end-to-end")]
    [InlineData("end-to-end/as-released")]
    public void Encoder_AdamWWithPyTorchsDefaultDecay_KeepsItsRate(string name)
    {
        var rule = s_recipe.Methods[name].Encoder!;
        Assert.Equal(OptimizerAlgorithm.AdamW, rule.Algorithm);
        Assert.Equal(1e-4, rule.RateFor(EncoderKind.CNN));
        Assert.Equal(1e-5, rule.RateFor(EncoderKind.ViT));
        Assert.Equal(0.01, rule.WeightDecay);
        Assert.Equal(ScheduleKind.Constant, rule.Schedule.Kind);
    }

    [Fact]
    public void Methods_TrainWhatTheyName()
    {
        Assert.Null(s_recipe.Methods["linear-probing"].Encoder);
        Assert.Equal(FrozenEncoderMode.Train, s_recipe.Methods["linear-probing"].FrozenEncoder);
        Assert.Null(s_recipe.Methods["linear-probing/frozen-statistics"].Encoder);
        Assert.Equal(FrozenEncoderMode.Eval, s_recipe.Methods["linear-probing/frozen-statistics"].FrozenEncoder);
        Assert.Null(s_recipe.Methods["end-to-end/as-released"].Classifier);
    }

    // 15000 // (images // 64) epochs of images // 64 iterations.
    [Theory]
    [InlineData("pathmnist", 10, 14_060)]
    [InlineData("octmnist", 9, 13_707)]
    [InlineData("tissuemnist", 5, 12_925)]
    [InlineData("chestmnist", 12, 14_712)]
    [InlineData("dermamnist", 137, 14_933)]
    [InlineData("pneumoniamnist", 205, 14_965)]
    [InlineData("retinamnist", 937, 14_992)]
    [InlineData("breastmnist", 1_875, 15_000)]
    [InlineData("bloodmnist", 80, 14_880)]
    [InlineData("organamnist", 27, 14_580)]
    [InlineData("organcmnist", 74, 14_948)]
    [InlineData("organsmnist", 69, 14_973)]
    public void Plan_CountsWholeEpochs(string dataset, int epochs, int iterations)
    {
        var plan = Plan("end-to-end", "resnet18.a1_in1k", DatasetCatalog.Get(dataset).Splits.Train);
        Assert.Equal(epochs, plan.Epochs);
        Assert.Equal(iterations, plan.Epochs * plan.IterationsPerEpoch);
    }

    [Theory]
    [InlineData("end-to-end", "vit_base_patch14_dinov2.lvd142m", 32)]
    [InlineData("end-to-end/as-released", "vit_base_patch14_dinov2.lvd142m", 32)]
    [InlineData("linear-probing", "vit_base_patch14_dinov2.lvd142m", 64)]
    [InlineData("end-to-end", "vit_small_patch14_dinov2.lvd142m", 64)]
    public void Plan_HalvesTheBatchForFineTunedDinoV2BaseAlone(string method, string model, int batch) =>
        Assert.Equal(batch, Plan(method, model, 7007).BatchSize);

    [Theory]
    [InlineData(40, 40, 1, 15_000)]
    [InlineData(64, 64, 1, 15_000)]
    [InlineData(127, 64, 1, 15_000)]
    [InlineData(128, 64, 2, 7_500)]
    public void Plan_FewImages_TakesThemAllAsOneBatch(int images, int batch, int iterations, int epochs)
    {
        var plan = Plan("end-to-end", "resnet18.a1_in1k", images);
        Assert.Equal((batch, iterations, epochs), (plan.BatchSize, plan.IterationsPerEpoch, plan.Epochs));
    }

    [Fact]
    public void Plan_SweepReplacesTheEncodersRateOnly()
    {
        var plan = TrainingPlan.Create(s_recipe, s_recipe.Methods["end-to-end"], ModelCatalog.Get("resnet18.a1_in1k"), 7007, 0, 1e-6);
        Assert.Equal((1e-6, 1e-3), (plan.EncoderRate, plan.ClassifierRate));
    }

    private static TrainingPlan Plan(string method, string model, int images) =>
        TrainingPlan.Create(s_recipe, s_recipe.Methods[method], ModelCatalog.Get("resnet18.a1_in1k") with { Name = model }, images, 0);
}
