using MedBench.Data.Datasets;
using MedBench.Reporting.Figures;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Training.Metrics;

namespace MedBench.Tests.Reporting.Figures;

/// <summary>Confusion matrix, ROC curve, reliability diagram and images of a run whose predictions are known.</summary>
public sealed class PredictionFiguresTests
{
    private static readonly DatasetCard s_card = DatasetCatalog.Get("breastmnist");
    private static readonly float[] s_scores = [0.9f, 0.8f, 0.3f, 0.6f, 0.2f, 0.1f];
    private static readonly int[] s_labels = [1, 1, 1, 0, 0, 0];

    private static ScoredRun Run()
    {
        var detail = Evaluator.Detail<int, float>(MetricTask.Binary, s_labels, s_scores, 6, 1);
        var result = SampleRuns.Result(SampleRuns.Configuration(), 3, 0, 0) with { Metrics = new Dictionary<string, SplitResult> { ["test"] = SplitResult.Of(detail) } };
        return new ScoredRun(SampleCells.Run(result), s_card, new Predictions("test", s_scores, s_labels, 6));
    }

    [Fact]
    public void ConfusionMatrix_FromPredictionsOrFromCounts_IsTheSame()
    {
        var run = Run();
        var predicted = ConfusionMatrix.Draw("c", "what", s_card, [run.Run], [run])!;
        var counted = ConfusionMatrix.Draw("c", "what", s_card, [run.Run], [])!;

        Assert.Equal(["2", "1", "1", "2"], predicted.Table.Rows.Select(r => r.Fields[2]));
        Assert.Equal(predicted.Svg, counted.Svg);
    }

    [Fact]
    public void RocCurves_TwoClasses_ShowTheRunsOwnAuc()
    {
        var run = Run();
        var row = Assert.Single(RocCurves.Draw("r", "what", [run])!.Table.Rows);

        Assert.Equal("88.89", row.Fields[1]);
        Assert.Equal(run.Run.Result.Test(Metric.Auc)!.Value, row.Numbers[0].Value, 12);
    }

    [Fact]
    public void ReliabilityDiagram_Bins_GiveTheRunsOwnCalibrationError()
    {
        var run = Run();
        var figure = ReliabilityDiagram.Draw("d", "what", [run])!;

        Assert.Equal(6, figure.Table.Rows.Sum(r => int.Parse(r.Fields[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains($"expected calibration error {100 * run.Run.Result.Metrics["test"].CalibrationError:0.00} points", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void SampleImages_SyntheticSplit_ShowMistakesFirst()
    {
        using var folder = new TestFolder();
        using var dataset = SyntheticDataset.Open(28, counts: new SplitCounts(8, 8, 6), cache: folder.Path);
        int classes = dataset.Card.Labels.Count;
        int[] labels = [.. Enumerable.Range(0, 6).Select(i => dataset.Test.ClassOf(i))];
        float[] scores = new float[6 * classes];
        // Image 2 is wrong and sure.
        for (int i = 0; i < 6; i++) scores[i * classes + (i == 2 ? (labels[i] + 1) % classes : labels[i])] = i == 2 ? 0.99f : 0.5f;
        var run = new ScoredRun(Run().Run, dataset.Card, new Predictions("test", scores, labels, 6));

        var figure = SampleImages.Draw("i", "what", run, dataset.Test)!;

        Assert.Equal(["2", "0", "1", "3", "4"], figure.Table.Rows.Select(r => r.Fields[0]));
        Assert.Equal(5, figure.Svg.Split("data:image/png;base64,iVBORw0KGgo").Length - 1);
    }
}
