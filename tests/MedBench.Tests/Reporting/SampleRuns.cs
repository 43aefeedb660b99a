using MedBench.Data.Datasets;
using MedBench.Models.Catalog;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Tests.Reporting;

/// <summary>Records of runs that nobody ran.</summary>
internal sealed class SampleRuns(params IReadOnlyList<RunResult> runs) : IRunSource
{
    internal static readonly RunEnvironment Machine = new("Linux", "a processor", 2, ".NET 10", "2.10.0", "cpu", "0.1.0+abcdef0");

    public IEnumerable<StoredRun> Runs() => runs.Select(r => new StoredRun(r, $"results/{r.Id}/result.json", null));

    internal static RunConfiguration Configuration(string dataset = "breastmnist", string model = "resnet18.cifar", string recipe = "yang2023", string method = "from-scratch", int size = 28) =>
        new(DatasetCatalog.Get(dataset), size, ModelCatalog.Get(model), RecipeCatalog.Get(recipe), MethodName.Parse(method));

    internal static WeightsId Checkpoint(char digit) => WeightsId.Checkpoint(new string(digit, 64));

    internal static RunResult Result(RunConfiguration run, int seed, double acc, double? auc = null, WeightsId? weights = null)
    {
        string md5 = run.Dataset.Files.TryGetValue(run.Size, out var file) ? file.Md5 : "none";
        var spec = RunSpec.Of(run, md5, weights ?? WeightsId.Initialised, seed);
        // No vote hangs on a hair.
        var fragile = run.Method.Name == MethodName.Knn ? new FragileAnswers(run.Dataset.Splits.Test, [], []) : null;
        return new RunResult(
            RunResult.CurrentSchema, spec.Id, spec, new Dictionary<string, SplitResult> { ["test"] = new(acc, auc, auc is null ? "votes" : null, null, null, [], Fragile: fragile) },
            [new Evaluation(1, 10, "val", acc - 0.1, auc - 0.1, 0.7), new Evaluation(2, 20, "val", acc, auc, 0.5)], Machine,
            new Dictionary<string, double> { ["total"] = 12.5 }, 1 << 30, new DateTimeOffset(2026, 11, 25, 12, 0, seed % 60, TimeSpan.Zero), ["a note"], RunSettings.Of(run));
    }
}
