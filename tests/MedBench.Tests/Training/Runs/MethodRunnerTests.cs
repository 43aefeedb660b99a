using System.Text.Json;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Training.Features;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Runs;

/// <summary>Whole methods on generated images of 32 px with a ResNet of one block.</summary>
[Collection(TorchCollection.Name)]
public sealed class MethodRunnerTests : IDisposable
{
    private static readonly ModelCard s_card = ModelCatalog.Get("resnet18.a1_in1k") with
    {
        Name = "resnet.tiny",
        Options = JsonDocument.Parse("""{ "layers": [1, 0, 0, 0] }""").RootElement,
    };

    private readonly TestFolder _folder = new();
    private readonly ImageDataset _dataset;
    private readonly FeatureStore _features;

    public MethodRunnerTests()
    {
        _dataset = SyntheticDataset.Open(32, counts: new SplitCounts(40, 12, 12), cache: _folder.Path);
        _features = new FeatureStore(_folder.File("features"));
    }

    [Fact]
    public void LinearProbing_OfBatchNorm_RunsLive()
    {
        var outcome = Run("linear-probing");
        Assert.Empty(CachedFeatures());
        Assert.Equal(0, outcome.FeatureSeconds);
        Assert.Equal(3, outcome.Training!.Iterations); // 40 images: one batch of all of them
    }

    [Fact]
    public void LinearProbing_WithFrozenStatistics_IsCachedOncePerSplitForAllSeeds()
    {
        var first = Run("linear-probing/frozen-statistics");
        Assert.Equal(3, CachedFeatures().Length);
        Run("linear-probing/frozen-statistics", seed: 1);
        Assert.Equal(3, CachedFeatures().Length);
        Assert.Equal(first.Test.Probabilities, Run("linear-probing/frozen-statistics").Test.Probabilities);
    }

    [Fact]
    public void Heads_ShareTheFeaturesOfTheirLayer()
    {
        var linear = Run("linear-probing/frozen-statistics");
        var mlp = Run(Configuration("linear-probing/mlp", "wu2025-heads"));
        Assert.Equal(3, CachedFeatures().Length);
        var attention = Run(Configuration("linear-probing/attention-pool", "wu2025-heads"));
        Assert.Equal(6, CachedFeatures().Length);
        Assert.Equal(3, new[] { linear, mlp, attention }.Select(o => o.Test.Probabilities[0]).Distinct().Count());
    }

    [Fact]
    public void Precision_OtherThanFloat32_HasItsOwnFeaturesAndResult()
    {
        var run = Configuration("linear-probing/frozen-statistics");
        var exact = Run(run);
        var rounded = new MethodRunner(new RunRequest(_dataset, run, InitialWeights.Formula, 0, CPU, Precision.BF16), _features).Run();
        Assert.Equal(6, CachedFeatures().Length);
        Assert.NotEqual(exact.Test.Probabilities, rounded.Test.Probabilities);
        Assert.All(exact.Test.Probabilities.Zip(rounded.Test.Probabilities), p => Assert.Equal(p.First, p.Second, 0.05f));
    }

    // The identity of runs that were measured before there were heads and resize overrides.
    [Fact]
    public void ProtocolHash_OfMeasuredRuns_IsStillTheirs() => Assert.Equal(
        "5012fbc291ebf4996a802a09829eb4ac285c8af793a7221f40d498085eaaf41e",
        new RunConfiguration(DatasetCatalog.Get("breastmnist"), 28, ModelCatalog.Get("resnet18.cifar"), RecipeCatalog.Get("yang2023"), new MethodName(MethodName.FromScratch)).ProtocolHash);

    [Fact]
    public void Features_OfARandomEncoder_AreOfOneSeedOnly()
    {
        Run("linear-probing/frozen-statistics", weights: InitialWeights.Initialised);
        Run("linear-probing/frozen-statistics", seed: 1, weights: InitialWeights.Initialised);
        Assert.Equal(6, CachedFeatures().Length);
    }

    [Fact]
    public void EndToEnd_SameSpecTwice_GivesTheSameBits()
    {
        Assert.Equal(Run("end-to-end").Test.Probabilities, Run("end-to-end").Test.Probabilities);
        Assert.NotEqual(Run("end-to-end").Test.Probabilities, Run("end-to-end", seed: 1).Test.Probabilities);
        Assert.NotEqual(Run("end-to-end").Test.Probabilities, Run("end-to-end/as-released").Test.Probabilities);
    }

    [Fact]
    public void Subset_TrainsOnItsImagesAndCachesThemApart()
    {
        var run = Configuration("linear-probing/frozen-statistics") with { Subset = TrainingSubset.FewShot(2) };
        Assert.Equal("2-shot", run.Draw(0).ToString());
        var outcome = Run(run);
        Run("linear-probing/frozen-statistics");
        Assert.Equal(4, CachedFeatures().Length); // the training split twice
        Assert.NotEqual(outcome.Test.Probabilities, Run("linear-probing/frozen-statistics").Test.Probabilities);
        Assert.Equal("all", Configuration("linear-probing").Draw(0).ToString());
    }

    [Fact]
    public void NearestNeighbours_OfASubset_VoteAmongItsImages()
    {
        var recipe = RecipeCatalog.Get("doerrich2025");
        var outcome = Run(Configuration("knn") with { Recipe = recipe with { Input = recipe.Input with { Size = "32" } }, Subset = TrainingSubset.FewShot(1) });
        // One image of each class: every neighbour has one vote, and the smallest class wins.
        Assert.All(outcome.Test.Probabilities.Chunk(4), row => Assert.Equal([1f, 0, 0, 0], row));
        Assert.Null(outcome.Test.Scores.Auc);
        Assert.Null(outcome.Training);
        // All four have a vote, whatever moves: nothing turns.
        Assert.All(outcome.Moves!, move => Assert.Equal(float.PositiveInfinity, move));
    }

    [Theory]
    [InlineData("end-to-end", "wu2025")]
    [InlineData("linear-probing", "wu2025")]
    [InlineData("linear-probing/frozen-statistics", "wu2025")]
    [InlineData("linear-probing/mlp", "wu2025-heads")]
    [InlineData("linear-probing/attention-pool", "wu2025-heads")]
    public void Test_OfKeptWeights_GivesTheRunsOwnPredictions(string method, string recipe)
    {
        var run = Configuration(method, recipe);
        string kept = _folder.File("kept.safetensors");
        var outcome = new MethodRunner(new RunRequest(_dataset, run, InitialWeights.Formula, 3, CPU), _features).Run(keep: kept);

        var tested = new MethodRunner(new RunRequest(_dataset, run, InitialWeights.FromFile(kept), 0, CPU), _features).Test(kept);

        Assert.Equal(outcome.Test.Probabilities, tested.Probabilities);
        Assert.Equal(outcome.Test.Scores, tested.Scores);
        Assert.NotEqual(outcome.Test.Probabilities, Run(run, seed: 4).Test.Probabilities);
    }

    [Fact]
    public void Test_CheckpointOfOtherOutputs_SaysWhichTensorDiffers()
    {
        string path = _folder.File("other.safetensors");
        using (var model = ModelCatalog.Create(s_card, 9, 32)) TestedModel.Write(path, model, head: null);

        var error = Assert.Throws<MedBenchException>(() => new MethodRunner(new RunRequest(_dataset, Configuration("end-to-end"), InitialWeights.FromFile(path), 0, CPU), _features).Test(path));

        Assert.Contains("fc.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Progress_NamesEachStage()
    {
        var stages = new Stages();
        Run(Configuration("linear-probing/frozen-statistics"), progress: stages);
        Assert.Equal(["features of train", "features of validation", "features of test", "training the classifier"], stages.All.Distinct());
    }

    [Fact]
    public void Configuration_UnknownMethod_SuggestsTheNearest() =>
        Assert.Contains("linear-probing", Assert.Throws<MedBenchException>(() => Configuration("linear-probin").Rule).Fix, StringComparison.Ordinal);

    [Fact]
    public void ProtocolHash_ChangesWithWhatTheRunUsesAndNothingElse()
    {
        var run = Configuration("end-to-end");
        var recipe = run.Recipe;
        Assert.Equal(run.ProtocolHash, (run with { Recipe = recipe with { Title = "x", Seeds = [7] } }).ProtocolHash);
        Assert.NotEqual(run.ProtocolHash, (run with { EncoderRate = 1e-6 }).ProtocolHash);
        Assert.NotEqual(run.ProtocolHash, (run with { Recipe = recipe with { BinaryOutputs = 2 } }).ProtocolHash);
        Assert.NotEqual(run.ProtocolHash, (run with { Recipe = recipe with { EvaluationBatchSize = 2 } }).ProtocolHash);
        Assert.NotEqual(run.ProtocolHash, (run with { Recipe = recipe with { Input = recipe.Input with { Size = "33" } } }).ProtocolHash);
        Assert.NotEqual(run.ProtocolHash, (run with { Recipe = recipe with { Input = recipe.Input with { Size = "33" } }, Resize = ResizeMode.PadBeforeNormalize }).ProtocolHash);
        Assert.NotEqual(run.ProtocolHash, (run with { Method = new MethodName("end-to-end", "as-released") }).ProtocolHash);
    }

    [Fact]
    public void Configuration_NamingTheRecipesOwnSettings_ChangesNothing()
    {
        var run = Configuration("end-to-end");
        // A ResNet's rate in wu2025; and images that have the input's size already are not resized.
        var named = run with { EncoderRate = 1e-4, Resize = ResizeMode.PadAfterNormalize };
        Assert.Equal(run.ProtocolHash, named.ProtocolHash);
        Assert.Null(named.OtherEncoderRate);
        Assert.Null(named.OtherResize);
    }

    public void Dispose()
    {
        _dataset.Dispose();
        _folder.Dispose();
    }

    private string[] CachedFeatures() => Directory.Exists(_folder.File("features")) ? Directory.GetFiles(_folder.File("features")) : [];

    private RunOutcome Run(string method, int seed = 0, InitialWeights? weights = null) =>
        Run(Configuration(method), seed, weights);

    private RunOutcome Run(RunConfiguration run, int seed = 0, InitialWeights? weights = null, IProgress<RunStage>? progress = null) =>
        new MethodRunner(new RunRequest(_dataset, run, weights ?? InitialWeights.Formula, seed, CPU), _features).Run(progress: progress);

    // wu2025 at the images' own size, for three iterations.
    private RunConfiguration Configuration(string method, string recipeName = "wu2025")
    {
        var recipe = RecipeCatalog.Get(recipeName);
        recipe = recipe with
        {
            Input = recipe.Input with { Size = "native" },
            Methods = recipe.Methods.ToDictionary(m => m.Key, m => m.Value with { Iterations = 3 }),
        };
        return new RunConfiguration(_dataset.Card, _dataset.Size, s_card, recipe, MethodName.Parse(method));
    }

    private sealed class Stages : IProgress<RunStage>
    {
        public List<string> All { get; } = [];

        public void Report(RunStage value) => All.Add(value.What);
    }
}
