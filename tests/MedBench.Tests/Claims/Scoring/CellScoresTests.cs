using MedBench.Claims;
using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Tests.Claims.Scoring;

/// <summary>On the kept records of yang2023's BreastMNIST: ten runs with their predictions.</summary>
public sealed class CellScoresTests
{
    private static readonly Lazy<Book> s_book = new(() => Book.Open(Repository.File("expected-results"), experiments: Repository.File("experiments")));

    [Theory]
    [InlineData(Metric.Acc)]
    [InlineData(Metric.Auc)]
    public void Of_TenRuns_IsAroundTheirMeanAndSplitsItByTwins(Metric metric)
    {
        var cell = Judged(metric);

        var scores = Of(cell, s_book.Value.Stored)!;

        Assert.Equal(10, scores.Runs);
        var patients = (metric == Metric.Acc ? scores.AccPatients : scores.AucPatients)!.Value;
        Assert.InRange(cell.Verdict.Ours!.Mean, patients.Low, patients.High);
        var twins = scores.TwinFree!;
        Assert.Equal((104, 52), (twins.Without.Images, twins.With.Images));
        // The mean over the runs on all images is the mean over the two parts.
        if (metric == Metric.Acc) Assert.Equal(cell.Verdict.Ours.Mean, (104 * twins.Without.Acc!.Value + 52 * twins.With.Acc!.Value) / 156, 1e-12);
        var difference = metric == Metric.Acc ? twins.AccDifference! : twins.AucDifference!;
        Assert.InRange(difference.Value, difference.Interval.Low, difference.Interval.High);
    }

    // An image counts once for all runs: of one run, the interval is that of its file.
    [Fact]
    public void Of_OneRun_IsWhatScoreSaysOfItsFile()
    {
        var cell = Judged(Metric.Auc);
        var one = cell with { Seeds = [cell.Seeds[3]] };
        var run = s_book.Value.Stored.Single(r => r.Result.Id == one.Seeds[0].RunId);
        var test = PredictionsFile.Read(run.PredictionsPath!).Single(p => p.Split == RunResult.SplitOf(TestedWeights.Selected));

        var scores = Of(one, s_book.Value.Stored)!;

        var file = FileScore.Of("one", DatasetCatalog.Get("breastmnist"), test.Labels, Array.ConvertAll(test.Scores, s => (double)s));
        Assert.Equal((file.AccPatients, file.AucPatients), (scores.AccPatients, scores.AucPatients));
        Assert.Equal(file.TwinFree!.AucDifference, scores.TwinFree!.AucDifference);
    }

    [Fact]
    public void Of_RunsWithoutPredictions_IsNothing() =>
        Assert.Null(Of(Judged(Metric.Acc), s_book.Value.Stored.Select(r => r with { PredictionsPath = null })));

    private static CellScores? Of(JudgedCell cell, IEnumerable<StoredRun> stored) =>
        CellScores.Of(DatasetCatalog.Get("breastmnist"), cell.Seeds.Select(s => s.RunId).ToHashSet(), TestedWeights.Selected, stored, 0.95);

    private static JudgedCell Judged(Metric metric)
    {
        var known = s_book.Value.Evidence.Known.Single(c => c.Key.RunsId() == "yang2023/breastmnist/from-scratch/resnet18.cifar/28" && c.Key.Metric == metric);
        return s_book.Value.Evidence.Judge(known.Key, known.Declared, TestedWeights.Selected);
    }
}
