using MedBench.Claims.Statistics;
using MedBench.Data.Datasets;
using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>Scores of one split, scored. All values are fractions.</summary>
/// <param name="File">Path of the file, or what it is.</param>
/// <param name="Images">Images of the split.</param>
/// <param name="Acc">Accuracy as MedMNIST has it.</param>
/// <param name="Auc">AUC as MedMNIST has it; null where a class is absent.</param>
/// <param name="AucUndefined">Why there is no AUC; null where there is one.</param>
/// <param name="AccPatients">95 % interval over other patients (Wilson); null for multi-label, where an image has several answers.</param>
/// <param name="AucPatients">95 % interval over other patients (DeLong); null where a class has fewer than two images.</param>
/// <param name="BalancedAccuracy">Mean recall; null where a class is absent.</param>
/// <param name="CalibrationError">Expected calibration error over 15 bins.</param>
/// <param name="AucOfBothColumns">
/// Of a two-class problem with two scores: the mean of both columns' AUC, each as its own class's. Differs from <paramref name="Auc"/> only where rounding made
/// ties in one column and not in the other; some print this one. Null elsewhere.
/// </param>
/// <param name="Classes">Each class, or label.</param>
/// <param name="Confusion">Images by [true class][predicted class]; null for multi-label.</param>
/// <param name="Named">What the file's name says, and whether the scores round to it; null where it says nothing.</param>
/// <param name="TwinFree">The same scores on images with and without a twin in training; null where no audit is on record.</param>
public sealed record FileScore(
    string File,
    int Images,
    double Acc,
    double? Auc,
    string? AucUndefined,
    Interval? AccPatients,
    Interval? AucPatients,
    double? BalancedAccuracy,
    double CalibrationError,
    double? AucOfBothColumns,
    IReadOnlyList<ClassScores> Classes,
    IReadOnlyList<IReadOnlyList<int>>? Confusion,
    NamedScores? Named,
    TwinScores? TwinFree)
{
    private const double Level = 0.95;

    /// <summary>Each class (or finding) with intervals; null where that was not asked for.</summary>
    public IReadOnlyList<ClassPart>? ByClass { get; init; }

    /// <summary>The same scores by whatever else was asked for.</summary>
    public IReadOnlyList<PartTable> By { get; init; } = [];

    /// <summary>Intervals over other groups; null where no group is known that has several images.</summary>
    public ClusteredScores? OverGroups { get; init; }

    /// <summary>Scores what a file holds.</summary>
    /// <param name="file">Its path, or what it is.</param>
    /// <param name="card">The dataset.</param>
    /// <param name="labels">Test labels, images × label width.</param>
    /// <param name="scores">Images × width.</param>
    /// <param name="named">What the file's name says of ACC and AUC; null for nothing.</param>
    /// <param name="breakdown">What the images are told apart by; null for nothing.</param>
    public static FileScore Of(string file, DatasetCard card, int[] labels, double[] scores, (double? Auc, double Acc)? named = null, Breakdown? breakdown = null)
    {
        int count = card.Splits.Test, width = scores.Length / count;
        var split = ScoredSplit.Create<int, double>(MetricTasks.Of(card.Task), labels, scores, count, width);
        var detail = Evaluator.Detail(split);
        var (acc, auc) = (detail.Headline.Accuracy, detail.Headline.Auc);
        return new FileScore(
            file, count, acc, auc, detail.Headline.AucUndefined,
            split.Task == MetricTask.MultiLabel ? null : BinomialInterval.Wilson(acc, count, Level),
            auc is null ? null : AucInterval.DeLong(Questions(split))?.Interval(Level),
            detail.BalancedAccuracy, detail.ExpectedCalibrationError, BothColumns(split, labels, scores, width), detail.Classes, detail.Confusion,
            named is { } name ? new NamedScores(name.Acc, name.Auc, Agrees(acc, name.Acc) && (name.Auc is null || (auc is { } a && Agrees(a, name.Auc.Value)))) : null,
            TwinScores.Of(card, split))
        {
            ByClass = breakdown is { ByClass: true } ? ClassPart.Of(split, card.Labels, breakdown.GroupOf) : null,
            By = [.. (breakdown?.By ?? []).Select(p => new PartTable(p.By, PartScore.Of(split, card.Labels, p, breakdown!.GroupOf)))],
            OverGroups = breakdown?.GroupOf is { } groups ? ClusteredScores.Of(split, groups) : null,
        };
    }

    /// <summary>For each question of the AUC the scores of "yes", and the truths.</summary>
    internal static IReadOnlyList<(double[] Scores, bool[] Positive)> Questions(ScoredSplit split, IReadOnlyList<int>? images = null)
    {
        images ??= [.. Enumerable.Range(0, split.Count)];
        return [.. Enumerable.Range(0, split.Questions).Select(q => (images.Select(i => split.Score(i, q)).ToArray(), images.Select(i => split.IsPositive(i, q)).ToArray()))];
    }

    private static double? BothColumns(ScoredSplit split, int[] labels, double[] scores, int width)
    {
        if (split.Task != MetricTask.Binary || width != 2) return null;
        double[] first = [.. Enumerable.Range(0, split.Count).Select(i => scores[2 * i])];
        return (RocAuc.Of(first, Array.ConvertAll(labels, l => l == 0)) + split.Auc(0)) / 2;
    }

    // Names have three digits, rounded or cut.
    private static bool Agrees(double score, double named) => Math.Abs(score - named) <= 0.0005 + 1e-9 || (score >= named && score < named + 0.001);
}

/// <summary>Scores in a file's name, fractions of three digits.</summary>
/// <param name="Acc">Accuracy.</param>
/// <param name="Auc">AUC; null for <c>nan</c>.</param>
/// <param name="Agrees">Whether the file's scores round to them.</param>
public sealed record NamedScores(double Acc, double? Auc, bool Agrees);
