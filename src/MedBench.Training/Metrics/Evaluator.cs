using System.Numerics;
using MedBench.Core.Errors;

namespace MedBench.Training.Metrics;

/// <summary>
/// Accuracy and AUC as MedMNIST defines them (<c>medmnist/evaluator.py</c>). Multi-class: accuracy of the arg-max (first of equals),
/// mean of one-vs-rest AUCs. Binary: last column, strictly above 0.5. Multi-label: mean over labels of each.
/// </summary>
public static class Evaluator
{
    /// <summary>Accuracy and AUC of one split.</summary>
    /// <param name="task">How the dataset is scored.</param>
    /// <param name="labels">Class of each image (count), or 0/1 labels (count × width, row by row) for multi-label.</param>
    /// <param name="scores">Probabilities, count × width, row by row.</param>
    /// <param name="count">Images, at least 1.</param>
    /// <param name="width">Scores an image: classes, labels, or 1 or 2 for binary.</param>
    /// <exception cref="MedBenchException">A score is not finite, or a label is out of range.</exception>
    public static Scores Evaluate<TLabel, TScore>(MetricTask task, ReadOnlySpan<TLabel> labels, ReadOnlySpan<TScore> scores, int count, int width)
        where TLabel : IBinaryInteger<TLabel>
        where TScore : IFloatingPoint<TScore> =>
        Headline(ScoredSplit.Create(task, labels, scores, count, width));

    /// <summary>The headline metrics and what they hide: each class, the confusion matrix and the calibration. Scores must lie in [0, 1].</summary>
    /// <inheritdoc cref="Evaluate"/>
    public static DetailedScores Detail<TLabel, TScore>(MetricTask task, ReadOnlySpan<TLabel> labels, ReadOnlySpan<TScore> scores, int count, int width)
        where TLabel : IBinaryInteger<TLabel>
        where TScore : IFloatingPoint<TScore> => Detail(ScoredSplit.Create(task, labels, scores, count, width));

    /// <summary>The headline metrics of a checked split and what they hide.</summary>
    public static DetailedScores Detail(ScoredSplit split) => DetailedScores.Of(split, Headline(split));

    private static Scores Headline(ScoredSplit split)
    {
        double?[] aucs = [.. Enumerable.Range(0, split.Questions).Select(split.Auc)];
        var undefined = Enumerable.Range(0, split.Questions).Where(q => aucs[q] is null).ToList();
        return undefined.Count == 0
            ? new Scores(Accuracy(split), aucs.Average())
            : new Scores(Accuracy(split), null, Reason(split, undefined));
    }

    private static double Accuracy(ScoredSplit split)
    {
        bool multiLabel = split.Task == MetricTask.MultiLabel;
        long correct = 0;
        for (int i = 0; i < split.Count; i++)
        {
            if (!multiLabel)
                correct += split.PredictedClass(i) == split.TrueClass(i) ? 1 : 0;
            else
                for (int q = 0; q < split.Questions; q++)
                    correct += split.Predicts(i, q) == split.IsPositive(i, q) ? 1 : 0;
        }
        return correct / ((double)split.Count * (multiLabel ? split.Questions : 1));
    }

    private static string Reason(ScoredSplit split, List<int> questions) => split.Task switch
    {
        MetricTask.Binary => $"all {split.Count} images are of class {split.TrueClass(0)}",
        MetricTask.MultiClass => string.Join("; ", questions.Select(q => split.IsPositive(0, q) ? $"all {split.Count} images are of class {q}" : $"no image of class {q}")),
        _ => string.Join("; ", questions.Select(q => split.IsPositive(0, q) ? $"every image has label {q}" : $"no image has label {q}")),
    };
}
