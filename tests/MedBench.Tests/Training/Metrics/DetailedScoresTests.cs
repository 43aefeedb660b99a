using MedBench.Core.Errors;
using MedBench.Training.Metrics;

namespace MedBench.Tests.Training.Metrics;

public sealed class DetailedScoresTests
{
    [Fact]
    public void Detail_MultiClassWorkedExample_CountsEachClass()
    {
        // Truth 0 0 1 1 2, answers 0 1 1 1 0.
        double[] scores = [0.8, 0.1, 0.1, 0.3, 0.6, 0.1, 0.2, 0.7, 0.1, 0.1, 0.9, 0.0, 0.5, 0.3, 0.2];

        var detail = Evaluator.Detail<int, double>(MetricTask.MultiClass, [0, 0, 1, 1, 2], scores, 5, 3);

        Assert.Equal(0.6, detail.Headline.Accuracy);
        Assert.Equal([[1, 1, 0], [0, 2, 0], [1, 0, 0]], detail.Confusion!);
        Assert.Equal([2, 2, 1], detail.Classes.Select(c => c.Support));
        Assert.Equal([0.5, 1.0, 0.0], detail.Classes.Select(c => c.Recall!.Value));
        Assert.Equal([0.5, 2 / 3.0], detail.Classes.Take(2).Select(c => c.Precision!.Value));
        Assert.Null(detail.Classes[2].Precision);
        Assert.Equal([0.5, 0.8, 0.0], detail.Classes.Select(c => c.F1!.Value));
        Assert.Equal(0.5, detail.BalancedAccuracy!.Value, 1e-12);
        // Each decision is alone in its bin: |1−.8| + |0−.6| + |1−.7| + |1−.9| + |0−.5| over 5.
        Assert.Equal(1.7 / 5, detail.ExpectedCalibrationError, 1e-12);
    }

    [Fact]
    public void Detail_Binary_BothClassesAreListedWithOneAuc()
    {
        var detail = Evaluator.Detail<byte, float>(MetricTask.Binary, [0, 0, 1, 1], [0.1f, 0.6f, 0.7f, 0.9f], 4, 1);

        Assert.Equal([[1, 1], [0, 2]], detail.Confusion!);
        Assert.Equal([0.5, 1.0], detail.Classes.Select(c => c.Recall!.Value));
        Assert.Equal(detail.Classes[0].Auc, detail.Classes[1].Auc);
        Assert.Equal(0.75, detail.BalancedAccuracy);
    }

    [Fact]
    public void Detail_ConfidencesInOneBin_OffsetEachOther()
    {
        // 0.68 and 0.72 share the bin [2/3, 11/15): one right, one wrong, mean confidence 0.7.
        var detail = Evaluator.Detail<int, double>(MetricTask.Binary, [1, 0], [0.68, 0.72], 2, 1);

        Assert.Equal(0.2, detail.ExpectedCalibrationError, 1e-12);
    }

    [Fact]
    public void Detail_MultiLabel_HasCountsButNoConfusionMatrix()
    {
        var detail = Evaluator.Detail<int, double>(MetricTask.MultiLabel, [1, 0, 0, 1, 1, 1], [0.9, 0.2, 0.6, 0.8, 0.7, 0.4], 3, 2);

        Assert.Null(detail.Confusion);
        Assert.Equal((2, 1, 0, 0), Counts(detail.Classes[0]));
        Assert.Equal((1, 0, 1, 1), Counts(detail.Classes[1]));
        Assert.Equal(((1 + 0) / 2.0 + (0.5 + 1) / 2) / 2, detail.BalancedAccuracy);
    }

    [Fact]
    public void Detail_ClassAbsent_BalancedAccuracyIsUndefined()
    {
        var detail = Evaluator.Detail<int, double>(MetricTask.MultiClass, [0, 1], [0.8, 0.1, 0.1, 0.1, 0.8, 0.1], 2, 3);

        Assert.Null(detail.BalancedAccuracy);
        Assert.Null(detail.Classes[2].Recall);
        Assert.NotNull(detail.Headline.AucUndefined);
    }

    [Fact]
    public void Detail_LogitsInsteadOfProbabilities_Throws() =>
        Assert.Throws<MedBenchException>(() => Evaluator.Detail<int, double>(MetricTask.MultiClass, [0, 1], [3.0, -1, -2, 4], 2, 2));

    private static (int, int, int, int) Counts(ClassScores c) => (c.TruePositives, c.FalsePositives, c.FalseNegatives, c.TrueNegatives);
}
