using System.Numerics;
using MedBench.Core.Errors;

namespace MedBench.Training.Metrics;

/// <summary>Labels and scores of one split, checked once, seen as one yes/no question a column.</summary>
public sealed class ScoredSplit
{
    private const double Threshold = 0.5;
    private readonly int[] _labels;
    private readonly double[] _scores;
    private readonly int _width;

    private ScoredSplit(MetricTask task, int[] labels, double[] scores, int count, int width) =>
        (Task, _labels, _scores, Count, _width) = (task, labels, scores, count, width);

    /// <summary>How it is scored.</summary>
    public MetricTask Task { get; }

    /// <summary>Images.</summary>
    public int Count { get; }

    /// <summary>Yes/no questions: classes, labels, or 1 for a two-class dataset.</summary>
    public int Questions => Task == MetricTask.Binary ? 1 : _width;

    /// <summary>Classes, or labels.</summary>
    public int Classes => Task == MetricTask.Binary ? 2 : _width;

    /// <summary>Checks labels and scores.</summary>
    /// <param name="task">How the dataset is scored.</param>
    /// <param name="labels">Class of each image (count), or 0/1 labels (count × width, row by row) for multi-label.</param>
    /// <param name="scores">Probabilities, count × width, row by row.</param>
    /// <param name="count">Images, at least 1.</param>
    /// <param name="width">Scores an image: classes, labels, or 1 or 2 for binary.</param>
    /// <exception cref="MedBenchException">A score is not finite, or a label is out of range.</exception>
    public static ScoredSplit Create<TLabel, TScore>(MetricTask task, ReadOnlySpan<TLabel> labels, ReadOnlySpan<TScore> scores, int count, int width)
        where TLabel : IBinaryInteger<TLabel>
        where TScore : IFloatingPoint<TScore>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, task == MetricTask.MultiClass ? 2 : 1);
        if (task == MetricTask.Binary)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 2);
        int labelWidth = task == MetricTask.MultiLabel ? width : 1;
        if (labels.Length != (long)count * labelWidth)
            throw new ArgumentException($"{labels.Length} labels for {count} images of {labelWidth}", nameof(labels));
        if (scores.Length != (long)count * width)
            throw new ArgumentException($"{scores.Length} scores for {count} images of {width}", nameof(scores));

        int[] intLabels = new int[labels.Length];
        int limit = task == MetricTask.MultiClass ? width : 2;
        for (int i = 0; i < labels.Length; i++)
        {
            intLabels[i] = int.CreateChecked(labels[i]);
            if ((uint)intLabels[i] >= (uint)limit)
                throw new MedBenchException($"label {intLabels[i]} of image {i / labelWidth} is outside 0..{limit - 1}", "check that the labels belong to this dataset and that the model has as many outputs as the dataset has classes");
        }
        double[] doubleScores = new double[scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            doubleScores[i] = double.CreateChecked(scores[i]);
            if (!double.IsFinite(doubleScores[i]))
                throw new MedBenchException($"score {i % width} of image {i / width} is {doubleScores[i]}: the model has diverged", "lower the learning rate, or check the weights and the input for values that are not finite");
        }
        return new ScoredSplit(task, intLabels, doubleScores, count, width);
    }

    /// <summary>Some of the images, in the order given.</summary>
    /// <param name="images">Their places, at least one.</param>
    public ScoredSplit Subset(IReadOnlyList<int> images)
    {
        ArgumentOutOfRangeException.ThrowIfZero(images.Count);
        int labelWidth = _labels.Length / Count;
        return new ScoredSplit(
            Task, [.. images.SelectMany(i => _labels[(i * labelWidth)..((i + 1) * labelWidth)])], [.. images.SelectMany(i => _scores[(i * _width)..((i + 1) * _width)])], images.Count, _width);
    }

    /// <summary>The score of "yes" to <paramref name="question"/> for one image: of class 1 for a two-class dataset, as MedMNIST takes the last column.</summary>
    public double Score(int image, int question) =>
        _scores[image * _width + (Task == MetricTask.Binary ? _width - 1 : question)];

    /// <summary>Whether "yes" is the truth of <paramref name="question"/> for one image.</summary>
    public bool IsPositive(int image, int question) => Task switch
    {
        MetricTask.MultiClass => _labels[image] == question,
        MetricTask.Binary => _labels[image] == 1,
        _ => _labels[image * _width + question] == 1,
    };

    /// <summary>The model's own answer: strictly above one half, or the first of the highest scores.</summary>
    public bool Predicts(int image, int question) =>
        Task == MetricTask.MultiClass ? PredictedClass(image) == question : Score(image, question) > Threshold;

    /// <summary>The true class of an image; not for multi-label.</summary>
    public int TrueClass(int image) => _labels[image];

    /// <summary>The predicted class of an image; not for multi-label.</summary>
    public int PredictedClass(int image)
    {
        if (Task == MetricTask.Binary)
            return Score(image, 0) > Threshold ? 1 : 0;
        int best = 0;
        for (int c = 1; c < _width; c++)
        {
            if (Score(image, c) > Score(image, best))
                best = c;
        }
        return best;
    }

    /// <summary>Every decision of the model: its confidence in [0, 1] in the answer it gave, and whether that was right. One an image; of multi-label, one an image and label.</summary>
    public IEnumerable<(double Confidence, bool Right)> Decisions()
    {
        for (int i = 0; i < Count; i++)
        {
            if (Task == MetricTask.MultiClass)
            {
                yield return Decision(i);
                continue;
            }
            for (int q = 0; q < Questions; q++)
            {
                bool yes = Predicts(i, q);
                yield return (yes ? Score(i, q) : 1 - Score(i, q), yes == IsPositive(i, q));
            }
        }
    }

    /// <summary>The decision on the class of one image; not for multi-label.</summary>
    public (double Confidence, bool Right) Decision(int image)
    {
        int predicted = PredictedClass(image);
        double score = Score(image, Task == MetricTask.Binary ? 0 : predicted);
        return (Task == MetricTask.Binary && predicted == 0 ? 1 - score : score, predicted == TrueClass(image));
    }

    /// <summary>AUC of one question in [0, 1]; null where all images have the same truth.</summary>
    public double? Auc(int question)
    {
        double[] column = new double[Count];
        bool[] positive = new bool[Count];
        for (int i = 0; i < Count; i++)
            (column[i], positive[i]) = (Score(i, question), IsPositive(i, question));
        return RocAuc.Of(column, positive);
    }
}
