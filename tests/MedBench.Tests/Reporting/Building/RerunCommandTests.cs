using MedBench.Data.Preprocessing;
using MedBench.Models.Catalog;
using MedBench.Reporting.Building;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Tests.Reporting.Building;

public sealed class RerunCommandTests
{
    private static readonly RunConfiguration s_run = SampleRuns.Configuration("dermamnist", "resnet18.a1_in1k", "wu2025", "end-to-end", 64);

    private static string? Command(RunConfiguration run, Precision precision = Precision.Fp32, WeightsId? weights = null) =>
        RerunCommand.Of(RunSpec.Of(run, "md5", weights ?? SampleRuns.Checkpoint('1'), 2, precision), run, "results/ID/result.json");

    [Fact]
    public void Of_EverythingThatDiffers_IsNamed()
    {
        var run = s_run with { EncoderRate = 1e-5, Subset = TrainingSubset.Parse("25%") };

        Assert.Equal(
            "medbench run --dataset dermamnist --size 64 --model resnet18.a1_in1k --method end-to-end --recipe wu2025 --seeds 2 --encoder-lr 1e-5 --subset 25% --precision bf16 --weights formula",
            Command(run, Precision.BF16, WeightsId.Formula));
    }

    [Theory]
    [InlineData("alexnet", null, false)]
    [InlineData("alexnet", "sha256:7be5be791159472b1fbf3c69796f7cb30dca7ad8466c2df70058c37116cdee02", true)]
    [InlineData("resnet18.cifar", null, false)] // no card names its checkpoint
    [InlineData("resnet18.cifar", "initialised", true)]
    public void Of_AnotherCheckpointThanTheCards_HasNoCommand(string model, string? weights, bool has) =>
        Assert.Equal(has, Command(s_run with { Model = ModelCatalog.Get(model) }, weights: weights is null ? null : WeightsId.Parse(weights)) is not null);

    [Fact]
    public void Of_OtherResizing_IsNamed() =>
        Assert.EndsWith("--resize pad-before-normalize --weights formula", Command(s_run with { Resize = ResizeMode.PadBeforeNormalize }, weights: WeightsId.Formula));

    [Fact]
    public void Of_EditedRecipe_TakesItFromTheRecord()
    {
        var edited = s_run with { Recipe = s_run.Recipe with { EvaluationBatchSize = 7 } };

        Assert.Contains("--recipe results/ID/result.json", Command(edited, weights: WeightsId.Formula));
        Assert.Contains("--recipe results/ID/result.json", Command(edited with { Recipe = edited.Recipe with { Name = "mine", Paper = "wu2025" } }, weights: WeightsId.Formula));
    }
}
