using System.Text.RegularExpressions;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Data.Npz;
using MedBench.Runs.Store;

namespace MedBench.Claims.Scoring;

/// <summary>Somebody's scores of one split, as they lie in a file: MedMNIST's standard result file, <c>.npy</c> or <c>.npz</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Scores">Probabilities, images × width, row by row.</param>
/// <param name="Count">Images, in the order of the data file.</param>
/// <param name="Labels">Labels that the file brings along, images × label width; null for none.</param>
public sealed partial record ScoreFile(string Path, double[] Scores, int Count, int[]? Labels)
{
    // Softmax in float16, or printed with three digits, adds up to 1 within this.
    private const double SumTolerance = 5e-3;
    private const string Wanted = "give MedMNIST's result file (.csv: index, then one score a class), or .npy or .npz with images × classes";

    /// <summary>Scores an image.</summary>
    public int Width => Scores.Length / Count;

    /// <summary>What MedMNIST's naming of result files says of the scores: <c>breastmnist_test_[AUC]0.913_[ACC]0.846@run.csv</c>. Null where the name is another.</summary>
    public (double? Auc, double Acc)? Named => NamePattern().Match(System.IO.Path.GetFileName(Path)) is { Success: true } match
        ? (Numbers.Decimal(match.Groups["auc"].Value), Numbers.Decimal(match.Groups["acc"].Value)!.Value)
        : null;

    /// <summary>Reads and checks a file: so many images as the split has, a score a class, all of them probabilities that add up to 1 (but for multi-label).</summary>
    /// <param name="path">The file.</param>
    /// <param name="card">The dataset.</param>
    /// <exception cref="MedBenchException">It is damaged, of another length, in another order, or no probabilities; says where.</exception>
    public static ScoreFile Read(string path, DatasetCard card)
    {
        if (!File.Exists(path)) throw new MedBenchException($"{path} does not exist", Wanted);
        var (scores, rows, labels) = System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => Csv(path),
            ".npy" => Rows(NumberArray.OfNpy(path), path),
            ".npz" => Archive(path),
            var other => throw new MedBenchException($"{path}: '{other}' is no form of scores that is known", Wanted),
        };
        var file = new ScoreFile(path, scores, rows, labels);
        file.Check(card);
        return file;
    }

    private void Check(DatasetCard card)
    {
        if (Count != card.Splits.Test)
            throw new MedBenchException($"{Path} has {Count} rows; the test split of {card.Title} has {card.Splits.Test} images{Alike()}", "give the scores of the whole test split, and its dataset with --dataset");
        int classes = card.Labels.Count;
        bool binary = card.Task == DatasetTask.BinaryClass, multiLabel = card.Task == DatasetTask.MultiLabel;
        if (Width != classes && !(binary && Width == 1))
            throw new MedBenchException($"{Path} has {Width} scores an image; {card.Title} has {classes} {(multiLabel ? "labels" : "classes")}", "give one score each, or the dataset that they are of with --dataset");
        for (int i = 0; i < Count; i++)
        {
            var row = Scores.AsSpan(i * Width, Width);
            double sum = 0;
            for (int c = 0; c < Width; c++)
            {
                if (!double.IsFinite(row[c])) throw new MedBenchException($"{Path}: score {c} of image {i} is not finite", "find out what produced it: a score must be a number from 0 to 1");
                if (row[c] is < 0 or > 1) throw new MedBenchException($"{Path}: score {c} of image {i} is {Show.Number(row[c], 4)}, not from 0 to 1", multiLabel ? "these look like logits: apply the sigmoid first" : "these look like logits: apply the softmax first");
                sum += row[c];
            }
            if (Width > 1 && !multiLabel && Math.Abs(sum - 1) > SumTolerance)
                throw new MedBenchException($"{Path}: the scores of image {i} add up to {Show.Number(sum, 4)}, not to 1", "apply the softmax over the classes (not a sigmoid for each)");
        }
    }

    private string Alike() => DatasetCatalog.All.Where(c => c.Splits.Test == Count).Select(c => c.Name).ToList() is { Count: > 0 } names ? $" (so many as {string.Join(", ", names)})" : "";

    private static (double[], int, int[]?) Csv(string path)
    {
        var scores = new List<double>();
        int width = 0, rows = 0, line = 0;
        foreach (string text in TextFile.Read(path).Split('\n'))
        {
            line++;
            if (text.Trim().Length == 0) continue;
            string[] fields = text.Trim().Split(',');
            if (fields.Length < 2) throw new MedBenchException($"{path}:{line}: '{text.Trim()}' is no index with scores", Wanted);
            if (rows == 0) width = fields.Length - 1;
            if (fields.Length - 1 != width) throw new MedBenchException($"{path}:{line}: {fields.Length - 1} scores; the first row has {width}", "give every image one score a class");
            // medmnist writes whole indices; pandas may have made them 0.0.
            if (Value(fields[0]) is not { } index) throw new MedBenchException($"{path}:{line}: the index '{fields[0]}' is not a number", "leave out the header: MedMNIST's result files have none");
            if (index != rows) throw new MedBenchException($"{path}:{line}: index {fields[0]} where {rows} is due: the rows are not in the order of the data file", "sort them by index, each image once");
            for (int c = 1; c <= width; c++)
                scores.Add(Value(fields[c]) ?? throw new MedBenchException($"{path}:{line}: the score '{fields[c]}' is not a number", Numbers.Advice(fields[c].Trim(), whole: false)));
            rows++;
        }
        return rows > 0 ? ([.. scores], rows, null) : throw new MedBenchException($"{path} is empty", Wanted);
    }

    private static double? Value(string field) => field.Trim() is var text && (text.Equals("nan", StringComparison.OrdinalIgnoreCase) || text.TrimStart('-').Equals("inf", StringComparison.OrdinalIgnoreCase))
        ? double.NaN
        : Numbers.Decimal(text.StartsWith('.') ? "0" + text : text);

    private static (double[], int, int[]?) Archive(string path)
    {
        using var npz = new NpzReader(path, Wanted);
        string selected = RunResult.SplitOf(Runs.Cells.TestedWeights.Selected);
        string[] keys = [.. npz.Keys];
        string? key = keys.FirstOrDefault(k => k == $"{selected}_scores") ?? (keys.Length == 1 ? keys[0] : null);
        if (key is null) throw new MedBenchException($"{path} has the arrays {string.Join(", ", keys)}: which are the scores?", $"name them {selected}_scores (and the labels {selected}_labels)");
        var (scores, rows, _) = Rows(npz.Numbers(key), $"{path}, {key}");
        return (scores, rows, keys.Contains($"{selected}_labels") ? LabelFile.Whole(npz.Numbers($"{selected}_labels"), path) : null);
    }

    private static (double[], int, int[]?) Rows(NumberArray array, string where) => array.Shape switch
    {
        [> 0] or [> 0, > 0] => (array.Values, array.Shape[0], null),
        _ => throw new MedBenchException($"{where} has the shape ({string.Join(", ", array.Shape)})", Wanted),
    };

    [GeneratedRegex(@"_\[AUC\](?<auc>[0-9.]+|nan)_\[ACC\](?<acc>[0-9]+\.[0-9]+)@")]
    private static partial Regex NamePattern();
}
