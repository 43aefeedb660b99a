using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>What the stored predictions behind a cell say besides its mean. Context: verdicts stay on the printed protocol.</summary>
/// <param name="Runs">Runs whose predictions are at hand.</param>
/// <param name="Patients">95 % interval of their mean over other patients, the networks kept: Wilson for ACC, DeLong for AUC, in which an image counts once for all runs. Null where there is none.</param>
/// <param name="Method">Wilson or DeLong.</param>
/// <param name="TwinFree">Their mean scores on test images with and without a twin in training; null where no audit is on record.</param>
public sealed record CellScores(int Runs, Interval? Patients, string Method, TwinScores? TwinFree)
{
    /// <summary>Reads the predictions of the runs behind a verdict; null where none are at hand.</summary>
    /// <param name="cell">The judged cell.</param>
    /// <param name="weights">Which weights it is about.</param>
    /// <param name="stored">Runs with their files, those behind the verdict among them.</param>
    /// <param name="level">Coverage of the interval, for example 0.95.</param>
    public static CellScores? Of(JudgedCell cell, TestedWeights weights, IEnumerable<StoredRun> stored, double level)
    {
        var behind = cell.Seeds.Select(s => s.RunId).ToHashSet();
        var card = DatasetCatalog.Get(cell.Key.Dataset);
        ScoredSplit[] splits = [.. from run in stored
                                   where behind.Contains(run.Result.Id) && run.PredictionsPath is not null
                                   from test in PredictionsFile.Read(run.PredictionsPath!)
                                   where test.Split == RunResult.SplitOf(weights)
                                   select ScoredSplit.Create<int, float>(MetricTasks.Of(card.Task), test.Labels, test.Scores, test.Count, test.Width)];
        if (splits.Length == 0) return null;
        var everything = Enumerable.Range(0, splits[0].Count).ToArray();
        return cell.Key.Metric == Metric.Auc
            ? new CellScores(splits.Length, AucInterval.DeLong([.. splits.SelectMany(s => FileScore.Questions(s))])?.Interval(level), "DeLong", TwinScores.Of(card, splits))
            : new CellScores(
                splits.Length, splits[0].Task == MetricTask.MultiLabel ? null : BinomialInterval.Wilson(SubsetScore.Accuracy(splits, everything), everything.Length, level), "Wilson", TwinScores.Of(card, splits));
    }
}
