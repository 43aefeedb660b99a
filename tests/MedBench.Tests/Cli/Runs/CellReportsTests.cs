using MedBench.Claims.Verdicts;
using MedBench.Cli.Runs;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using static TorchSharp.torch;

namespace MedBench.Tests.Cli.Runs;

/// <summary>Which published number a run is judged by, if any.</summary>
public sealed class CellReportsTests
{
    private static readonly WeightsId s_checkpoint = WeightsId.Checkpoint(new string('0', 64));

    private static RunRequest Request(ImageDataset dataset) =>
        new(dataset, new RunConfiguration(dataset.Card, dataset.Size, ModelCatalog.Get("resnet18.a1_in1k"), RecipeCatalog.Get("doerrich2025"), new MethodName(MethodName.Knn)), new InitialWeights(s_checkpoint, "x"), 0, CPU);

    private static RunResult Result(double accuracy)
    {
        var spec = new RunSpec(1, "breastmnist", "", 28, 224, "", SubsetDraw.All, "", WeightsId.Formula, new MethodName(MethodName.Knn), "", "", 0, Precision.Fp32);
        var metrics = new Dictionary<string, SplitResult> { ["test"] = new(accuracy, null, "votes", null, null, []) };
        return new RunResult(RunResult.CurrentSchema, spec.Id, spec, metrics, [], new RunEnvironment("", "", 1, "", "", "cpu", ""), new Dictionary<string, double>(), 0, default, []);
    }

    private static (VerdictKind Kind, string Key) Judge(Func<RunRequest, RunRequest> change)
    {
        using var dataset = RealData.OpenOrSkip("breastmnist", 28);
        var cell = CellReports.Table("", [(change(Request(dataset)), [Result(0.75)])]).Cells.Single();
        return (cell.Verdict.Kind, cell.Key.Variant.ToString());
    }

    [SkippableFact]
    public void Table_ThePapersOwnCell_IsJudgedByItsNumber() => Assert.NotEqual(VerdictKind.Unpublished, Judge(r => r).Kind);

    [SkippableFact]
    public void Table_FormulaWeights_AreNotJudged() => Assert.Equal((VerdictKind.Unpublished, "formula-weights"), Judge(r => r with { Weights = InitialWeights.Formula }));

    [SkippableFact]
    public void Table_Subset_IsNotJudged() => Assert.Equal((VerdictKind.Unpublished, "10-shot"), Judge(r => r with { Configuration = r.Configuration with { Subset = TrainingSubset.FewShot(10) } }));

    [SkippableFact]
    public void Table_OtherLearningRate_IsNotJudged() => Assert.Equal((VerdictKind.Unpublished, "lr-1e-5"), Judge(r => r with { Configuration = r.Configuration with { Method = new MethodName("end-to-end"), EncoderRate = 1e-5 } }));

    [Fact]
    public void Table_RecipeThatVariesAPapers_IsACellOfThatPaper()
    {
        using var folder = new TestFolder();
        using var dataset = SyntheticDataset.Open(16, counts: new SplitCounts(8, 8, 8), cache: folder.Path);
        var run = new RunConfiguration(DatasetCatalog.Get("breastmnist"), 224, ModelCatalog.Get("resnet18.a1_in1k"), RecipeCatalog.Get("wu2025-heads"), new MethodName("linear-probing", "mlp"));
        var request = new RunRequest(dataset, run, new InitialWeights(s_checkpoint, "x"), 0, CPU);

        Assert.Equal("wu2025", Assert.Single(CellReports.Table("", [(request, [Result(0.75)])]).Cells).Key.Paper);
    }
}
