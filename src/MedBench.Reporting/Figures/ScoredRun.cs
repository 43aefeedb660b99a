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
    /// <summary>Scores and labels as the metrics read them.</summary>
    internal ScoredSplit Split { get; } = ScoredSplit.Create<int, float>(MetricTasks.Of(Card.Task), Predictions.Labels, Predictions.Scores, Predictions.Count, Predictions.Width);

    /// <summary>What question <paramref name="q"/> asks for.</summary>
    internal string Question(int q) => Card.Labels[Split.Task == MetricTask.Binary ? 1 : q];

    /// <summary>Score and truth of every image for one question.</summary>
    internal (double Score, bool Truth)[] Answers(int q) => [.. Enumerable.Range(0, Split.Count).Select(i => (Split.Score(i, q), Split.IsPositive(i, q)))];
}
