using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;
using MedBench.Claims.Statistics;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>A score with and without the test images that have a twin (the same frame, or its neighbour) in the training split. Context: verdicts stay on the whole test split.</summary>
/// <param name="Audit">Which audit: size of the file that it looked at.</param>
/// <param name="Without">Test images without a twin in training.</param>
/// <param name="With">Those with one.</param>
/// <param name="AccDifference">ACC with a twin minus without, with its 95 % bootstrap interval, stratified by class and twin.</param>
/// <param name="AucDifference">The same of the AUC; null where one side lacks a class.</param>
/// <param name="LabelConflicts">Test images (index from 0) with a twin of another label: one of the two labels is wrong.</param>
public sealed record TwinScores(int Audit, SubsetScore Without, SubsetScore With, Difference? AccDifference, Difference? AucDifference, IReadOnlyList<int> LabelConflicts)
{
    private const int Draws = 2000, Seed = 20250124;
    private const double Tail = 0.025;

    /// <summary>From the audit on record; null where there is none.</summary>
    /// <param name="card">The dataset.</param>
    /// <param name="runs">Scores and labels of its test split, one a run: each number is the mean over the runs, and a draw of the bootstrap has the same images for all.</param>
    public static TwinScores? Of(DatasetCard card, params IReadOnlyList<ScoredSplit> runs)
    {
        if (runs.Count == 0 || AuditCatalog.Find(card) is not { } audit || runs.Any(r => r.Count != card.Splits.Test)) return null;
        var split = runs[0];
        var twins = audit.WithTwinIn(Split.Test, Split.Train).ToHashSet();
        int[] with = [.. Enumerable.Range(0, split.Count).Where(twins.Contains)], without = [.. Enumerable.Range(0, split.Count).Where(i => !twins.Contains(i))];
        var scores = new TwinScores(audit.Size, SubsetScore.Of(runs, without), SubsetScore.Of(runs, with), null, null, audit.InConflict(Split.Test));
        return with.Length == 0 || without.Length == 0 ? scores : scores.WithDifferences(runs, with, without);
    }

    // Images are drawn anew among those of their class and side, so that every draw has the same classes.
    private TwinScores WithDifferences(IReadOnlyList<ScoredSplit> runs, int[] with, int[] without)
    {
        var split = runs[0];
        int[][] Strata(int[] images) => split.Task == MetricTask.MultiLabel ? [images] : [.. images.GroupBy(split.TrueClass).OrderBy(g => g.Key).Select(g => g.ToArray())];
        int[][] first = Strata(with), second = Strata(without);
        var random = new MersenneTwister(Seed, threadSafe: false);
        int[] Draw(int[][] strata) => [.. strata.SelectMany(s => s.Select(_ => s[random.Next(s.Length)]))];
        var accuracies = new double[Draws];
        var aucs = new List<double>(Draws);
        double? auc = With.Auc - Without.Auc;
        for (int d = 0; d < Draws; d++)
        {
            int[] one = Draw(first), other = Draw(second);
            accuracies[d] = SubsetScore.Accuracy(runs, one) - SubsetScore.Accuracy(runs, other);
            if (auc is not null && SubsetScore.MeanAuc(runs, one) is { } a && SubsetScore.MeanAuc(runs, other) is { } b) aucs.Add(a - b);
        }
        return this with
        {
            AccDifference = Between((With.Acc - Without.Acc)!.Value, accuracies),
            AucDifference = auc is { } difference && aucs.Count == Draws ? Between(difference, [.. aucs]) : null,
        };
    }

    private static Difference Between(double difference, double[] draws) =>
        new(difference, new Interval(draws.QuantileCustom(Tail, QuantileDefinition.R7), draws.QuantileCustom(1 - Tail, QuantileDefinition.R7)));
}

/// <summary>Scores of some of the test images.</summary>
/// <param name="Images">How many.</param>
/// <param name="Acc">Accuracy; null of none.</param>
/// <param name="Auc">AUC; null where a class is absent.</param>
public sealed record SubsetScore(int Images, double? Acc, double? Auc)
{
    internal static SubsetScore Of(IReadOnlyList<ScoredSplit> runs, IReadOnlyList<int> images) =>
        images.Count == 0 ? new SubsetScore(0, null, null) : new SubsetScore(images.Count, Accuracy(runs, images), MeanAuc(runs, images));

    internal static double Accuracy(IReadOnlyList<ScoredSplit> runs, IReadOnlyList<int> images) => runs.Average(split => split.Task == MetricTask.MultiLabel
        ? images.Average(i => Enumerable.Range(0, split.Questions).Average(q => split.Predicts(i, q) == split.IsPositive(i, q) ? 1.0 : 0))
        : images.Average(i => split.PredictedClass(i) == split.TrueClass(i) ? 1.0 : 0));

    internal static double? MeanAuc(IReadOnlyList<ScoredSplit> runs, IReadOnlyList<int> images)
    {
        double sum = 0;
        foreach (var (scores, positive) in runs.SelectMany(split => FileScore.Questions(split, images)))
        {
            if (RocAuc.Of(scores, positive) is not { } auc) return null;
            sum += auc;
        }
        return sum / (runs.Count * runs[0].Questions);
    }
}

/// <summary>A difference with its interval, fractions.</summary>
/// <param name="Value">First minus second.</param>
/// <param name="Interval">95 %.</param>
public sealed record Difference(double Value, Interval Interval);
