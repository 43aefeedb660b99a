using System.Text.Json;
using MedBench.Models.Catalog;
using MedBench.Training.Features;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using static TorchSharp.torch;

namespace MedBench.Tests.Training;

/// <summary>Whole k-NN runs of the reference stack (timm, scikit-learn) on real files with formula weights: the same predictions, image by image.</summary>
public sealed class ReferenceRunTests
{
    private static readonly JsonElement[] s_runs =
        [.. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "reference-runs.json"))).RootElement.GetProperty("runs").EnumerateArray()];

    public static TheoryData<int, string> Runs()
    {
        var data = new TheoryData<int, string>();
        for (int i = 0; i < s_runs.Length; i++)
            if (ModelCatalog.All.Any(c => c.Name == s_runs[i].GetProperty("model").GetString()))
                data.Add(i, $"{s_runs[i].GetProperty("dataset")} {s_runs[i].GetProperty("size")} {s_runs[i].GetProperty("model")}");
        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Runs))]
    public void NearestNeighbours_FormulaWeights_PredictAsTheReference(int index, string name)
    {
        var golden = s_runs[index];
        var model = ModelCatalog.Get(golden.GetProperty("model").GetString()!);
        using var dataset = RealData.OpenOrSkip(golden.GetProperty("dataset").GetString()!, golden.GetProperty("size").GetInt32());
        TestBudget.Spend(model.Gmacs * (dataset.Card.Splits.Train + dataset.Card.Splits.Test));
        using var folder = new TestFolder();
        var request = new RunRequest(
            dataset,
            new RunConfiguration(dataset.Card, dataset.Size, model, RecipeCatalog.Get("doerrich2025"), new MethodName(MethodName.Knn)),
            InitialWeights.Formula, 0, CPU);

        var outcome = new MethodRunner(request, new FeatureStore(folder.Path)).Run();

        string predictions = string.Concat(outcome.Test.Probabilities.Chunk(outcome.Test.Width).Select(row => Array.IndexOf(row, 1f)));
        Assert.True(golden.GetProperty("predictions").GetString() == predictions, $"{name}: other predictions: {predictions}");
        Assert.Equal(golden.GetProperty("accuracy").GetDouble(), outcome.Test.Scores.Accuracy, 12);
        Assert.Null(outcome.Test.Scores.Auc);
    }
}
