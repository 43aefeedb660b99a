using MedBench.Claims.Statistics;
using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>Mean scores of some runs on images that count several times or not at all: sorted once, so that a draw of a bootstrap costs one pass and not one sort a run.</summary>
internal sealed class WeightedScores
{
    private readonly int[] _right;
    private readonly int _answers;
    private readonly WeightedAuc[] _questions;

    /// <summary>Sorts.</summary>
    /// <param name="runs">The runs, at least one, of one test split.</param>
    /// <param name="images">The images, at least one.</param>
    internal WeightedScores(IReadOnlyList<ScoredSplit> runs, IReadOnlyList<int> images)
    {
        var split = runs[0];
        bool multiLabel = split.Task == MetricTask.MultiLabel;
        _right = [.. images.Select(i => runs.Sum(run => multiLabel
            ? Enumerable.Range(0, run.Questions).Count(q => run.Predicts(i, q) == run.IsPositive(i, q))
            : run.PredictedClass(i) == run.TrueClass(i) ? 1 : 0))];
        _answers = runs.Count * (multiLabel ? split.Questions : 1);
        _questions = [.. runs.SelectMany(run => FileScore.Questions(run, images)).Select(q => new WeightedAuc(q.Scores, q.Positive))];
    }

    /// <summary>Accuracy, and AUC where every question has images of both kinds.</summary>
    /// <param name="times">How often each image counts, in the order given; one at least does.</param>
    internal (double Acc, double? Auc) Of(int[] times)
    {
        long drawn = 0, right = 0;
        for (int i = 0; i < times.Length; i++) (drawn, right) = (drawn + times[i], right + (long)times[i] * _right[i]);
        double acc = (double)right / (drawn * _answers), sum = 0;
        foreach (var question in _questions)
        {
            if (question.Of(times) is not { } auc) return (acc, null);
            sum += auc;
        }
        return (acc, sum / _questions.Length);
    }
}
