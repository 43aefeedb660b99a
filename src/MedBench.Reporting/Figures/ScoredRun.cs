using MedBench.Data.Datasets;
using MedBench.Reporting.Model;
using MedBench.Runs.Store;
using MedBench.Training.Metrics;

namespace MedBench.Reporting.Figures;

/// <summary>A run with its test predictions.</summary>
/// <param name="Run">The run.</param>
/// <param name="Card">Its dataset.</param>
/// <param name="Predictions">Scores and labels of the test split with the selected weights.</param>
internal sealed record ScoredRun(ReportedRun Run, DatasetCard Card, Predictions Predictions)
{
    /// <summary>Metrics in detail.</summary>
    internal DetailedScores Detail { get; } = Evaluator.Detail<int, float>(MetricTasks.Of(Card.Task), Predictions.Labels, Predictions.Scores, Predictions.Count, Predictions.Width);

    /// <summary>Yes/no questions: classes, labels, or 1 for a two-class dataset.</summary>
    internal int Questions => Card.Task == DatasetTask.BinaryClass ? 1 : Predictions.Width;

    /// <summary>What question <paramref name="q"/> asks for.</summary>
    internal string Question(int q) => Card.Labels[Card.Task == DatasetTask.BinaryClass ? 1 : q];

    /// <summary>Score and truth of every image for one question.</summary>
    internal (float Score, bool Truth)[] Answers(int q) =>
        [.. Enumerable.Range(0, Predictions.Count).Select(i => (Score(i, q), Truth(i, q)))];

    private float Score(int image, int q) => Predictions.Scores[image * Predictions.Width + (Card.Task == DatasetTask.BinaryClass ? Predictions.Width - 1 : q)];

    private bool Truth(int image, int q) => Card.Task switch
    {
        DatasetTask.MultiLabel => Predictions.Labels[image * Predictions.LabelWidth + q] == 1,
        DatasetTask.BinaryClass => Predictions.Labels[image] == 1,
        _ => Predictions.Labels[image] == q,
    };
}
