using MedBench.Claims.Scoring;
using MedBench.Training.Metrics;

namespace MedBench.Tests.Claims.Scoring;

public sealed class RedrawnScoresTests
{
    private const int Count = 40, Classes = 3;

    [Theory]
    [InlineData(MetricTask.Binary, 1)]
    [InlineData(MetricTask.MultiClass, Classes)]
    [InlineData(MetricTask.MultiLabel, Classes)]
    public void Draw_AnyTask_IsTheScoreOfTheImagesDrawn(MetricTask task, int width)
    {
        var chance = new Random(1);
        int[] labels = [.. Enumerable.Range(0, task == MetricTask.MultiLabel ? Count * width : Count).Select(i => i % (task == MetricTask.MultiClass ? width : 2))];
        // Tenths, so that there are ties.
        ScoredSplit Run() => ScoredSplit.Create<int, double>(task, labels, [.. Enumerable.Range(0, Count * width).Select(_ => chance.Next(11) / 10.0)], Count, width);
        ScoredSplit[] runs = [Run(), Run()];
        int[] images = [.. Enumerable.Range(5, 30)];
        var drawn = new RedrawnScores(runs, images);

        for (int seed = 0; seed < 20; seed++)
        {
            var (acc, auc) = drawn.Draw(new Random(seed));

            int[] again = Again(new Random(seed), task, runs[0], images);
            Assert.Equal(SubsetScore.Accuracy(runs, again), acc, 1e-12);
            Assert.Equal(SubsetScore.MeanAuc(runs, again)!.Value, auc!.Value, 1e-12);
        }
    }

    [Fact]
    public void Draw_AClassAlone_HasNoAuc() =>
        Assert.Null(new RedrawnScores([ScoredSplit.Create<int, double>(MetricTask.Binary, [1, 1, 0], [0.1, 0.2, 0.3], 3, 1)], [0, 1]).Draw(new Random(1)).Auc);

    private static int[] Again(Random random, MetricTask task, ScoredSplit split, int[] images) =>
        [.. images.GroupBy(i => task == MetricTask.MultiLabel ? 0 : split.TrueClass(i)).OrderBy(g => g.Key).Select(g => g.ToArray())
            .SelectMany(s => s.Select(_ => s[(int)(random.NextDouble() * s.Length)]))];
}
