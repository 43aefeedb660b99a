using System.Globalization;
using MedBench.Claims.Published;
using MedBench.Claims.Scoring;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;

namespace MedBench.Tests.Claims.Scoring;

/// <summary>Predictions that others released (MEDBENCH_EVIDENCE): rescored, they give what their authors printed.</summary>
public sealed class EvidenceTests
{
    private static readonly string? s_folder = Environment.GetEnvironmentVariable("MEDBENCH_EVIDENCE") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    [SkippableTheory]
    [InlineData("breastmnist", 0.91291, 0.84615)]
    [InlineData("pneumoniamnist", 0.96402, 0.86699)]
    [InlineData("retinamnist", 0.72380, 0.47500)]
    [InlineData("bloodmnist", 0.99781, 0.96025)]
    [InlineData("dermamnist", 0.91671, 0.74065)]
    public void ReleasedFile_Rescored_AgreesWithItsNameAndWithOurRecordOfIt(string dataset, double auc, double acc)
    {
        string file = Directory.GetFiles(Path.Combine(Folder(), "released", "yang2023"), $"{dataset}_*.csv").Single();

        var score = ScoreSheet.Of([file], DatasetCatalog.Get(dataset), Labels(dataset)).Files.Single();

        Assert.Equal((auc, acc), (Math.Round(score.Auc!.Value, 5), Math.Round(score.Acc, 5)));
        Assert.True(score.Named!.Agrees);
        var kept = PublishedResults.Load(Repository.File("expected-results")).Released.Where(r => r.Key.Dataset == dataset).ToDictionary(r => r.Key.Metric, r => r.Value.Single().Value);
        Assert.Equal((auc, acc), (kept[Metric.Auc], kept[Metric.Acc]));
    }

    [SkippableTheory]
    [InlineData("breastmnist")]
    [InlineData("bloodmnist")]
    public void Ensembles_Rescored_GiveThePrintedNumbersOrSayWhyNot(string dataset)
    {
        string folder = Path.Combine(Folder(), "ensembles2026", dataset);
        var labels = dataset == "breastmnist" ? (LabelFile.Read(Path.Combine(folder, "y_true_flat.npy"), DatasetCatalog.Get(dataset)), "y_true") : Labels(dataset)!.Value;
        string[][] printed = [.. File.ReadLines(Path.Combine(folder, $"{dataset}_summary_metrics.csv")).Skip(1).Select(l => l.Split(','))];
        Assert.Equal(6, printed.Length);

        foreach (string[] row in printed)
        {
            double acc = double.Parse(row[1], CultureInfo.InvariantCulture), auc = double.Parse(row[2], CultureInfo.InvariantCulture);
            var score = ScoreSheet.Of([Path.Combine(folder, $"{row[0]}_test_preds.npy")], DatasetCatalog.Get(dataset), labels).Files.Single();
            Assert.Equal(acc, score.Acc, 1e-12);
            // Its authors average both columns' AUC of a two-class problem; it shows where float32 rounds to ties in one of them.
            if (dataset == "breastmnist" && row[0] == "InceptionResNetV2")
            {
                Assert.Equal(0.899854, Math.Round(score.Auc!.Value, 6));
                Assert.Equal(auc, score.AucOfBothColumns!.Value, 1e-9);
            }
            else
            {
                Assert.Equal(auc, score.Auc!.Value, 1e-6);
            }
        }
    }

    private static string Folder()
    {
        Skip.If(s_folder is null, "set MEDBENCH_EVIDENCE to the folder of released predictions");
        return s_folder!;
    }

    // Of the smaller datasets the data file has them; of the others a file of labels.
    private static (int[], string)? Labels(string dataset)
    {
        var card = DatasetCatalog.Get(dataset);
        string file = Path.Combine(s_folder!, "labels", $"{dataset}_test.npy");
        if (File.Exists(file)) return (LabelFile.Read(file, card), file);
        Skip.IfNot(ImageDataset.IsPresent(card, 28), $"{dataset} is not here");
        using var data = ImageDataset.Open(card, 28);
        return ([.. Enumerable.Range(0, data.Test.Count).Select(i => data.Test.ClassOf(i))], dataset);
    }
}
