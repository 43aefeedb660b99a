using System.Globalization;
using System.Text;
using MedBench.Core.Files;

namespace MedBench.Runs.Store;

/// <summary>MedMNIST's standard result file (<c>medmnist/evaluator.py</c>): anyone can check our numbers with <c>python -m medmnist evaluate</c>.</summary>
public static class MedMnistCsv
{
    /// <summary>The splits that MedMNIST's evaluator knows.</summary>
    public static readonly IReadOnlyList<string> Splits = ["train", "val", "test"];

    /// <summary><c>{dataset}{_size}_{split}_[AUC]0.xxx_[ACC]0.xxx@{run}.csv</c>; size 28 goes unnamed.</summary>
    /// <param name="spec">The run: dataset, size of its data file, and id.</param>
    /// <param name="split"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <param name="scores">Metrics of the split.</param>
    public static string FileName(RunSpec spec, string split, SplitResult scores) => FileName(spec.Dataset, spec.Size, split, scores.Auc, scores.Acc, spec.Id);

    /// <summary>The same of any predictions.</summary>
    /// <param name="dataset">Name of the dataset.</param>
    /// <param name="size">Pixels of its data file.</param>
    /// <param name="split"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <param name="auc">A fraction; null where it is undefined.</param>
    /// <param name="acc">A fraction.</param>
    /// <param name="run">What they are of.</param>
    public static string FileName(string dataset, int size, string split, double? auc, double acc, string run) =>
        $"{dataset}{(size == 28 ? "" : $"_{size}")}_{split}_[AUC]{(auc is { } value ? Three(value) : "nan")}_[ACC]{Three(acc)}@{run}.csv";

    /// <summary>Writes one line an image: its index, then its scores. Scores keep all digits, so ties and thresholds survive.</summary>
    public static void Write(string path, Predictions predictions)
    {
        var text = new StringBuilder();
        for (int i = 0; i < predictions.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i}");
            foreach (float score in predictions.Scores.AsSpan(i * predictions.Width, predictions.Width))
                text.Append(CultureInfo.InvariantCulture, $",{score:R}");
            text.Append('\n');
        }
        AtomicFile.WriteText(path, text.ToString());
    }

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
