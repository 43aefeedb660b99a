using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Scoring;

/// <summary>Files of scores of one dataset, scored and set beside printed numbers. All values are fractions.</summary>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Labels">Where the labels are from.</param>
/// <param name="Files">One a file.</param>
/// <param name="Mean">Mean and spread over the files; null for one.</param>
/// <param name="Ensemble">Their mean scores, scored; null for one.</param>
/// <param name="Against">The printed numbers that were asked for, with the verdict.</param>
public sealed record ScoreSheet(string Dataset, string Labels, IReadOnlyList<FileScore> Files, FilesMean? Mean, FileScore? Ensemble, IReadOnlyList<ScoredCell> Against)
{
    /// <summary>Reads, checks and scores.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="card">The dataset.</param>
    /// <param name="labels">Test labels and where they are from; null for those that the files bring along.</param>
    /// <param name="breakdown">What the images are told apart by; null for nothing.</param>
    /// <exception cref="MedBenchException">A file is not what it should be, or there are no labels.</exception>
    public static ScoreSheet Of(IReadOnlyList<string> paths, DatasetCard card, (int[] Labels, string From)? labels, Breakdown? breakdown = null)
    {
        var files = paths.Select(path => ScoreFile.Read(path, card)).ToList();
        var own = files.Where(f => f.Labels is not null).Select(f => (Labels: LabelFile.Checked(f.Labels!, card, f.Path), From: f.Path)).ToList();
        var (truth, from) = labels ?? own.FirstOrDefault();
        if (truth is null)
        {
            throw new MedBenchException(
                $"there are no test labels of {card.Title} here", $"bring the data file with `medbench data get {card.Name}`, set MEDMNIST_ROOT to its folder, or give --labels FILE");
        }
        foreach (var (other, path) in own)
            if (Enumerable.Range(0, truth.Length).FirstOrDefault(i => other[i] != truth[i], -1) is >= 0 and var at)
                throw new MedBenchException($"{path}: the label of image {at / card.LabelWidth} is {other[at]}; {from} has {truth[at]}: the images are in another order, or another dataset's", "score them in the order of the data file's test split");
        FileScore[] scored = [.. files.Select(f => FileScore.Of(f.Path, card, truth, f.Scores, f.Named, breakdown))];
        return new ScoreSheet(card.Name, from!, scored, scored.Length < 2 ? null : FilesMean.Of(scored), scored.Length < 2 ? null : Ensembled(files, card, truth, breakdown), []);
    }

    /// <summary>The same with the verdict of the files, each taken for one run, against printed numbers.</summary>
    /// <param name="cell">Id of a cell, or of both metrics' without the last part: <c>yang2023/retinamnist/from-scratch/resnet18.cifar/28</c>.</param>
    /// <param name="evidence">What is known: printed numbers, and the spreads around them.</param>
    /// <exception cref="MedBenchException">No printed number is called so, or it is another dataset's.</exception>
    public ScoreSheet With(string cell, ClaimEvidence evidence)
    {
        string id = cell.TrimEnd('/');
        PublishedValue[] printed = [.. evidence.Published.Values.Where(v => v.Key.Id == id || v.Key.ToString() == id || v.Key.Id.StartsWith(id + '/', StringComparison.Ordinal))];
        if (printed.Length == 0)
            throw Names.Unknown("printed number", cell, [.. evidence.Published.Values.Where(v => v.Key.Dataset == Dataset).Select(v => v.Key.Id)]);
        if (printed.GroupBy(v => v.Key.Metric).Any(g => g.Count() > 1))
            throw new MedBenchException($"--against {cell}: {printed.Length} printed numbers are called so", $"name one, for example {printed[0].Key.Id}");
        if (printed.FirstOrDefault(v => v.Key.Dataset != Dataset) is { } other)
            throw new MedBenchException($"--against {cell} is of {other.Key.Dataset}, the files are of {Dataset}", "give the dataset of the printed number with --dataset");
        return this with { Against = [.. printed.OrderBy(v => v.Key.Metric).Select(v => Judged(v, evidence))] };
    }

    private ScoredCell Judged(PublishedValue printed, ClaimEvidence evidence)
    {
        var metric = printed.Key.Metric;
        double[] values = [.. Files.Select(f => metric == Metric.Acc ? f.Acc : f.Auc).OfType<double>()];
        var verdict = CellJudge.Judge(CellEvidence.For(printed.Key, DatasetCatalog.Get(printed.Key.Dataset), values, evidence.Published, evidence.Spreads(printed.Key, TestedWeights.Selected)) with { Published = printed, Known = null }, evidence.Rules);
        bool Rounds(double value) => Math.Abs(value - printed.Mean) <= printed.HalfStep + 1e-9;
        string? convention = values.Length != 1 ? null
            : Rounds(values[0]) ? "it rounds to the printed number"
            : metric == Metric.Auc && Files[0].AucOfBothColumns is { } both && Rounds(both) ? $"the mean of both columns' AUC, {Show.Points(both)} %, rounds to the printed number; MedMNIST takes the last column alone"
            : null;
        return new ScoredCell(printed.Key.Id, printed.Mean, printed.HalfStep, verdict, convention);
    }

    private static FileScore Ensembled(List<ScoreFile> files, DatasetCard card, int[] labels, Breakdown? breakdown)
    {
        int widest = files.Max(f => f.Width);
        if (files.Any(f => f.Width != widest))
            throw new MedBenchException($"{files.First(f => f.Width != widest).Path} has {files.First(f => f.Width != widest).Width} scores an image, others {widest}: they have no mean", "score such files apart");
        double[] mean = new double[files[0].Scores.Length];
        foreach (var file in files)
            for (int i = 0; i < mean.Length; i++) mean[i] += file.Scores[i] / files.Count;
        return FileScore.Of($"mean of {files.Count} files", card, labels, Array.ConvertAll(mean, m => Math.Min(1, m)), breakdown: breakdown);
    }
}

/// <summary>Mean and n − 1 standard deviation over files.</summary>
/// <param name="Acc">Mean accuracy.</param>
/// <param name="AccStd">Its spread.</param>
/// <param name="Auc">Mean AUC; null where one file has none.</param>
/// <param name="AucStd">Its spread.</param>
public sealed record FilesMean(double Acc, double AccStd, double? Auc, double? AucStd)
{
    internal static FilesMean Of(IReadOnlyList<FileScore> files)
    {
        var acc = SampleSummary.Of([.. files.Select(f => f.Acc)]);
        var auc = files.All(f => f.Auc is not null) ? SampleSummary.Of([.. files.Select(f => f.Auc!.Value)]) : null;
        return new FilesMean(acc.Mean, acc.Std!.Value, auc?.Mean, auc?.Std);
    }
}

/// <summary>The files beside one printed number.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Printed">The number, a fraction.</param>
/// <param name="HalfStep">Half of its last digit.</param>
/// <param name="Verdict">The files, each taken for one run.</param>
/// <param name="Convention">What explains the printed number to its last digit, where something does.</param>
public sealed record ScoredCell(string Cell, double Printed, double HalfStep, CellVerdict Verdict, string? Convention);
