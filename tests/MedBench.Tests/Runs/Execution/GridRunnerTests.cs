using System.Text.Json;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Models.Catalog;
using MedBench.Runs.Cells;
using MedBench.Runs.Execution;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Tests.Training;
using MedBench.Training.Features;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using TorchSharp;

namespace MedBench.Tests.Runs.Execution;

[Collection(TorchCollection.Name)]
public sealed class GridRunnerTests : IDisposable
{
    private static readonly PublishedResults s_published = PublishedResults.Load();
    private readonly TestFolder _folder = new();

    [Fact]
    public void Run_ThroughTheStore_ComputesEachSeedOnceAndTheIndexFindsThem()
    {
        var cell = Quick(seeds: [0, 1]);
        var store = new ResultsStore(_folder.File("results"));
        Assert.Equal([0, 1], new ResultsIndex(store.All()).Missing(cell));
        using var grid = new GridRunner(new CellRunner(store, new FeatureStore(_folder.File("features"))), torch.CPU);

        var first = grid.Run(cell with { Seeds = [0] });
        var both = grid.Run(cell);

        Assert.Equal(first[0].FinishedUtc, both[0].FinishedUtc);
        var index = new ResultsIndex(store.All().Concat(store.All()));
        Assert.Empty(index.Missing(cell));
        Assert.Equal([0L, 1L], index.Of(cell).Select(r => r.Spec.Seed));
        Assert.Equal([2], index.Missing(cell with { Seeds = [1, 2] }));
        Assert.Empty(index.Of(cell with { Run = cell.Run with { Size = 29 } }));
        Assert.Equal([Metric.Acc, Metric.Auc, Metric.Acc, Metric.Auc], JudgedCell.OfRuns(both, cell.Key, s_published, VerdictRules.Load()).Select(j => j.Key.Metric));
    }

    [SkippableFact]
    public void Run_WithoutTheCheckpoint_SaysHowToGetIt()
    {
        var cell = Quick([0]) with { Run = Quick([0]).Run with { Model = ModelCatalog.Get("resnet18.a1_in1k"), Method = new MethodName(MethodName.Knn) } };
        Skip.If(CellObstacle.For(cell) is null, "the checkpoint is on this machine");
        using var grid = new GridRunner(new CellRunner(new ResultsStore(_folder.Path), new FeatureStore(_folder.Path)), torch.CPU);
        Assert.Equal("medbench models get resnet18.a1_in1k", Assert.Throws<MedBenchException>(() => grid.Run(cell)).Fix);
    }

    [Fact]
    public void Index_RunsFromTwoCheckpoints_AreRefused()
    {
        var cell = ExperimentCatalog.BuiltIn(s_published.Catalog).Single(f => f.Name == "doerrich2025/benchmark").Cells.First(c => c.Run.Rule.Neighbours is not null);
        RunResult Result(char sha)
        {
            var spec = RunSpec.Of(cell.Run, cell.Run.Dataset.File(cell.Run.Size).Md5, WeightsId.Checkpoint(new string(sha, 64)), 0);
            return new RunResult(1, spec.Id, spec, new Dictionary<string, SplitResult>(), [], new RunEnvironment("", "", 1, "", "", "cpu", ""), new Dictionary<string, double>(), 0, default, []);
        }
        Assert.Single(new ResultsIndex([Result('a')]).Of(cell));
        Assert.Contains("different checkpoints", Assert.Throws<MedBenchException>(() => new ResultsIndex([Result('a'), Result('b')]).Of(cell)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // The demo's cell with a ResNet of one block, four images a class and one epoch.
    private static ExperimentCell Quick(int[] seeds)
    {
        var cell = ExperimentCatalog.BuiltIn(s_published.Catalog).Single(f => f.Name == "demo/demo").Cells.Single();
        var recipe = cell.Run.Recipe;
        recipe = recipe with { Methods = recipe.Methods.ToDictionary(m => m.Key, m => m.Value with { Epochs = 1 }) };
        var tiny = cell.Run.Model with { Name = "resnet.tiny", Options = JsonDocument.Parse("""{ "layers": [1, 0, 0, 0], "cifarStem": true }""").RootElement };
        return cell with { Run = cell.Run with { Recipe = recipe, Model = tiny, Subset = TrainingSubset.FewShot(4) }, Seeds = seeds };
    }
}
