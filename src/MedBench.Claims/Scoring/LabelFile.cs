using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Data.Npz;

namespace MedBench.Claims.Scoring;

/// <summary>Test labels from a file: <c>.npy</c>, <c>.npz</c> (MedMNIST's own, or one array), or text with one image a line.</summary>
public static class LabelFile
{
    private const string Wanted = "give .npy or .npz with one label an image (one 0 or 1 a label for multi-label), in the order of the data file, or text with one image a line";

    /// <summary>The labels, images × label width.</summary>
    /// <param name="path">The file.</param>
    /// <param name="card">The dataset.</param>
    /// <exception cref="MedBenchException">It is damaged, of another length, or a label is out of range.</exception>
    public static int[] Read(string path, DatasetCard card)
    {
        if (!File.Exists(path)) throw new MedBenchException($"{path} does not exist", Wanted);
        return Checked(Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => Whole(NumberArray.OfNpy(path), path),
            ".npz" => Archive(path),
            ".csv" or ".txt" => Text(path),
            var other => throw new MedBenchException($"{path}: '{other}' is no form of labels that is known", Wanted),
        }, card, path);
    }

    /// <summary>Checks number and range of the labels.</summary>
    internal static int[] Checked(int[] labels, DatasetCard card, string where)
    {
        if (labels.Length != card.Splits.Test * card.LabelWidth)
            throw new MedBenchException($"{where} has {labels.Length} labels; the test split of {card.Title} has {card.Splits.Test}{(card.LabelWidth > 1 ? $" × {card.LabelWidth}" : "")}", Wanted);
        int most = card.Task == DatasetTask.MultiLabel ? 1 : card.Labels.Count - 1;
        int wrong = Array.FindIndex(labels, l => l < 0 || l > most);
        return wrong < 0 ? labels : throw new MedBenchException($"{where}: label {labels[wrong]} of image {wrong / card.LabelWidth} is outside 0 to {most}", "check that the labels are of this dataset, and count from 0");
    }

    internal static int[] Whole(NumberArray array, string where)
    {
        int wrong = Array.FindIndex(array.Values, v => v != Math.Floor(v) || Math.Abs(v) > int.MaxValue);
        return wrong < 0 ? Array.ConvertAll(array.Values, v => (int)v) : throw new MedBenchException($"{where}: label {array.Values[wrong]} at {wrong} is not whole", Wanted);
    }

    private static int[] Archive(string path)
    {
        using var npz = new NpzReader(path, Wanted);
        string[] keys = [.. npz.Keys];
        return Whole(npz.Numbers(keys.Contains("test_labels") ? "test_labels" : keys.Length == 1 ? keys[0] : throw new MedBenchException($"{path} has the arrays {string.Join(", ", keys)}: which are the labels?", "name them test_labels")), path);
    }

    private static int[] Text(string path)
    {
        var labels = new List<int>();
        int line = 0;
        foreach (string text in TextFile.Read(path).Split('\n'))
        {
            line++;
            if (text.Trim().Length == 0) continue;
            foreach (string field in text.Trim().Split(','))
                labels.Add(Numbers.Integer(field.Trim()) is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : throw new MedBenchException($"{path}:{line}: '{field}' is not a whole number", Wanted));
        }
        return [.. labels];
    }
}
