using MedBench.Claims.Scoring;
using MedBench.Claims.Statistics;
using MedBench.Core.Errors;
using MedBench.Training.Metrics;

namespace MedBench.Tests.Claims.Scoring;

public sealed class ClassPartTests
{
    [Fact]
    public void Of_TwoClasses_CountsAndBoundsEach()
    {
        // Of class 0 two of three are found, of class 1 four of five.
        var split = ScoredSplit.Create<int, double>(MetricTask.Binary, [0, 0, 0, 1, 1, 1, 1, 1], [0.1, 0.2, 0.9, 0.6, 0.7, 0.8, 0.9, 0.3], 8, 1);

        var parts = ClassPart.Of(split, ["no", "yes"]);

        Assert.Equal([("no", 3, 2, 1), ("yes", 5, 4, 1)], parts.Select(p => (p.Label, p.Images, p.Found, p.FalselyNamed)));
        Assert.Equal(BinomialInterval.Wilson(2 / 3.0, 3, 0.95), parts[0].Recall!.Interval);
        Assert.Equal(BinomialInterval.Wilson(4 / 5.0, 5, 0.95), parts[1].Precision!.Interval);
        // Mean score of class 1 is 4.5 / 8, its share 5 / 8; what one class gains the other loses.
        Assert.Equal(-0.5 / 8, parts[1].Excess.Value, 1e-12);
        Assert.Equal(0.5 / 8, parts[0].Excess.Value, 1e-12);
        Assert.True(parts[1].Excess.Interval!.Value.Contains(0));
        Assert.Equal(parts[0].CalibrationError, parts[1].CalibrationError, 1e-12);
    }

    [Fact]
    public void Of_ScoresThatAreTheShares_AreCalibrated()
    {
        // Three in ten images of class 2 at a score of 0.3: right, though none of them is found.
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 10 < 3 ? 2 : i % 10 < 8 ? 1 : 0)];
        double[] scores = [.. Enumerable.Range(0, 100).SelectMany(_ => new[] { 0.2, 0.5, 0.3 })];

        var part = ClassPart.Of(ScoredSplit.Create<int, double>(MetricTask.MultiClass, labels, scores, 100, 3), ["a", "b", "c"])[2];

        Assert.Equal((30, 0, 0), (part.Images, part.Found, part.FalselyNamed));
        Assert.Equal(0, part.CalibrationError, 1e-12);
        Assert.Equal(0, part.Excess.Value, 1e-12);
        Assert.Null(part.Precision);
        Assert.Equal(0, part.Recall!.Interval!.Value.Low, 1e-12);
    }

    [Fact]
    public void Of_AnAbsentClass_HasNoRecall()
    {
        var part = ClassPart.Of(ScoredSplit.Create<int, double>(MetricTask.MultiLabel, [1, 0, 1, 0], [0.9, 0.1, 0.8, 0.7], 2, 2), ["a", "b"])[1];

        Assert.Null(part.Recall);
        Assert.Equal((0, 1), (part.Images, part.FalselyNamed));
        Assert.Equal(0, part.Precision!.Value);
    }

    [Fact]
    public void Breakdown_ByAColumnOfNothing_SaysHowToGiveIt() =>
        Assert.Contains("--groups", Assert.Throws<MedBenchException>(() => Breakdown.Of(["clas"], null)).Fix);
}
