using System.Text.Json;
using MedBench.Models.Catalog;
using MedBench.Models.StateDicts;
using MedBench.Models.Weights;
using MedBench.Runs.Store;

namespace MedBench.Tests.Cli.Commands;

/// <summary><c>run --keep-weights</c> and <c>evaluate</c> as a user meets them.</summary>
public sealed class EvaluateTests : IDisposable
{
    private const string Recipe = "quick.yaml";

    private static readonly string[] s_run = ["run", "--dataset", "synthetic", "--size", "16", "--model", "resnet18.cifar", "--method", "from-scratch", "--recipe", Recipe, "--subset", "2-shot", "--seeds", "0"];
    private static readonly string[] s_evaluate = ["--model", "resnet18.cifar", "--dataset", "synthetic", "--size", "16", "--recipe", Recipe, "--out", "tested", "--json"];

    private readonly TestFolder _folder = new();

    public EvaluateTests() => _folder.Write(Recipe, SmallYaml.Training("quick"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_KeptWeights_GivesTheRunsOwnPredictions()
    {
        var run = await MedBenchProcess.RunAsync(_folder, [.. s_run, "--keep-weights"]);
        Assert.Equal(0, run.ExitCode);
        var store = new ResultsStore(_folder.File("results"));
        var result = Assert.Single(store.All());

        var evaluated = await MedBenchProcess.RunAsync(_folder, ["evaluate", store.WeightsOf(result.Spec), .. s_evaluate]);

        Assert.True(evaluated.ExitCode == 0, evaluated.Err);
        var (own, tested) = (Test(Path.Combine(store.PathOf(result.Spec), PredictionsFile.Name)), Test(_folder.File("tested/predictions.npz")));
        Assert.Equal(own.Scores, tested.Scores);
        Assert.Equal(own.Labels, tested.Labels);
        Assert.Equal(result.Metrics["test"].Acc, JsonDocument.Parse(evaluated.Out).RootElement.GetProperty("files")[0].GetProperty("acc").GetDouble());
        Assert.Single(Directory.GetFiles(_folder.File("tested"), "synthetic_16_test_*.csv"));
    }

    [Fact]
    public async Task Run_KeepWeightsOfARunThatIsStoredWithout_IsRefused()
    {
        Assert.Equal(0, (await MedBenchProcess.RunAsync(_folder, s_run)).ExitCode);

        var again = await MedBenchProcess.RunAsync(_folder, [.. s_run, "--keep-weights"]);

        Assert.Equal(2, again.ExitCode);
        Assert.Contains("was computed without --keep-weights", again.Err, StringComparison.Ordinal);
    }

    // The authors' code calls the classifier linear and the downsampling shortcut.
    [Fact]
    public async Task Evaluate_NamesOfTheAuthorsCode_AreUnderstood()
    {
        using (var model = ModelCatalog.Create(ModelCatalog.Get("resnet18.cifar"), 4, 16))
        {
            SafetensorsWriter.Write(_folder.File("authors.safetensors"), [.. StateDict.Of(model).Select(t => (t.Name.Replace(".downsample.", ".shortcut.", StringComparison.Ordinal).Replace("fc.", "linear.", StringComparison.Ordinal), t.Tensor))]);
            SafetensorsWriter.Write(_folder.File("ours.safetensors"), StateDict.Of(model));
        }

        var authors = await MedBenchProcess.RunAsync(_folder, ["evaluate", "authors.safetensors", .. s_evaluate]);
        var scores = Test(_folder.File("tested/predictions.npz")).Scores;
        var ours = await MedBenchProcess.RunAsync(_folder, ["evaluate", "ours.safetensors", .. s_evaluate]);

        Assert.True(authors.ExitCode == 0, authors.Err);
        Assert.True(ours.ExitCode == 0, ours.Err);
        Assert.Equal(scores, Test(_folder.File("tested/predictions.npz")).Scores);
    }

    private static Predictions Test(string path) => PredictionsFile.Read(path).Single(p => p.Split == "test");
}
