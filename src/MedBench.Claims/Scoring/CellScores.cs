using MedBench.Claims.Statistics;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>What the stored predictions of a cell's runs say besides their mean. Context: verdicts stay on the printed protocol.</summary>
/// <param name="Runs">Runs whose predictions are at hand.</param>
/// <param name="AccPatients">95 % interval of their mean accuracy over other patients, the networks kept (Wilson); null for multi-label.</param>
/// <param name="AucPatients">The same of their mean AUC (DeLong, in which an image counts once for all runs); null where a class has fewer than two images.</param>
/// <param name="TwinFree">Their mean scores on test images with and without a twin in training; null where no audit is on record.</param>
public sealed record CellScores(int Runs, Interval? AccPatients, Interval? AucPatients, TwinScores? TwinFree)
{
    /// <summary>The interval of one metric over other patients; null where there is none.</summary>
    public Interval? Patients(Metric metric) => metric == Metric.Acc ? AccPatients : AucPatients;

    /// <summary>Reads the predictions of some runs of one cell; null where none are at hand.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="runs">Ids of the runs.</param>
    /// <param name="weights">Which weights were tested.</param>
    /// <param name="stored">Runs with their files, those among them.</param>
    /// <param name="level">Coverage of the intervals, for example 0.95.</param>
    public static CellScores? Of(DatasetCard dataset, IReadOnlySet<string> runs, TestedWeights weights, IEnumerable<StoredRun> stored, double level)
    {
        ScoredSplit[] splits = [.. from run in stored
                                   where runs.Contains(run.Result.Id) && run.PredictionsPath is not null
                                   from test in PredictionsFile.Read(run.PredictionsPath!)
                                   where test.Split == RunResult.SplitOf(weights)
                                   select ScoredSplit.Create<int, float>(MetricTasks.Of(dataset.Task), test.Labels, test.Scores, test.Count, test.Width)];
        if (splits.Length == 0) return null;
        int[] images = [.. Enumerable.Range(0, splits[0].Count)];
        return new CellScores(
            splits.Length,
            splits[0].Task == MetricTask.MultiLabel ? null : BinomialInterval.Wilson(SubsetScore.Accuracy(splits, images), images.Length, level),
            AucInterval.DeLong([.. splits.SelectMany(s => FileScore.Questions(s))])?.Interval(level),
            TwinScores.Of(dataset, splits));
    }
}
