using MedBench.Claims.Scoring;
using MedBench.Claims.Statistics;
using MedBench.Training.Metrics;

namespace MedBench.Tests.Claims.Scoring;

public sealed class ClusteredScoresTests
{
    private const int Patients = 400;

    [Theory]
    [InlineData(MetricTask.Binary, 1)]
    [InlineData(MetricTask.MultiClass, 3)]
    [InlineData(MetricTask.MultiLabel, 3)]
    public void Of_OneImageAGroup_IsABootstrapOfImages(MetricTask task, int width)
    {
        var split = Split(task, width, 1);

        var clustered = ClusteredScores.Of(split, [.. Enumerable.Range(0, Patients)])!;

        // Another implementation, with another seed, of the bootstrap of images within their class.
        var images = new RedrawnScores([split], [.. Enumerable.Range(0, Patients)]);
        var random = new Random(3);
        var draws = Enumerable.Range(0, 4000).Select(_ => images.Draw(random)).ToArray();
        Assert.Equal((Patients, 1), (clustered.Groups, clustered.Largest));
        Assert.InRange(Width(clustered.Acc) / Width([.. draws.Select(d => d.Acc)]), 0.93, 1.07);
        Assert.InRange(Width(clustered.Auc!.Value) / Width([.. draws.Select(d => d.Auc!.Value)]), 0.93, 1.07);
    }

    [Theory]
    [InlineData(MetricTask.Binary, 1)]
    [InlineData(MetricTask.MultiClass, 3)]
    [InlineData(MetricTask.MultiLabel, 3)]
    public void Of_EveryImageTwiceInItsGroup_IsWiderByTheRootOfTwo(MetricTask task, int width)
    {
        var split = Split(task, width, 2);
        int[] images = [.. Enumerable.Range(0, 2 * Patients)];

        var (groups, apart) = (ClusteredScores.Of(split, [.. images.Select(i => i / 2)])!, ClusteredScores.Of(split, images)!);

        Assert.Equal((Patients, 2), (groups.Groups, groups.Largest));
        Assert.InRange(Width(groups.Acc) / Width(apart.Acc), 1.30, 1.53);
        Assert.InRange(Width(groups.Auc!.Value) / Width(apart.Auc!.Value), 1.30, 1.53);
    }

    // Each group has images of both classes: the draw must still hold whole groups.
    [Fact]
    public void Of_GroupsOfBothClasses_HasBothIntervals()
    {
        var split = Split(MetricTask.Binary, 1, 1);
        var clustered = ClusteredScores.Of(split, [.. Enumerable.Range(0, Patients).Select(i => i / 5)])!;
        Assert.Equal(80, clustered.Groups);
        Assert.True(clustered.Acc.Low < clustered.Acc.High && clustered.Auc!.Value.Low < clustered.Auc.Value.High);
    }

    [Fact]
    public void Of_OneGroup_IsNone() => Assert.Null(ClusteredScores.Of(Split(MetricTask.Binary, 1, 1), new int[Patients]));

    // Of each patient so many copies of one image, one after the other; about two thirds are right, so that an interval spans many images.
    private static ScoredSplit Split(MetricTask task, int width, int copies)
    {
        var chance = new Random(11);
        var (labels, scores) = (new List<int>(), new List<double>());
        for (int p = 0; p < Patients; p++)
        {
            int truth = p % (task == MetricTask.MultiClass ? width : 2);
            int[] label = task == MetricTask.MultiLabel ? [.. Enumerable.Range(0, width).Select(_ => chance.Next(2))] : [truth];
            double[] score = [.. Enumerable.Range(0, width).Select(c =>
                (task switch { MetricTask.MultiLabel => label[c], MetricTask.Binary => truth, _ => c == truth ? 1 : 0 } + 3 * chance.NextDouble()) / 4)];
            for (int copy = 0; copy < copies; copy++)
            {
                labels.AddRange(label);
                scores.AddRange(score);
            }
        }
        return ScoredSplit.Create<int, double>(task, labels.ToArray(), scores.ToArray(), Patients * copies, width);
    }

    private static double Width(Interval interval) => interval.High - interval.Low;

    private static double Width(double[] draws)
    {
        Array.Sort(draws);
        return draws[(int)(0.975 * draws.Length)] - draws[(int)(0.025 * draws.Length)];
    }
}
