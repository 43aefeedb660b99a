using MedBench.Training.Recipes;

namespace MedBench.Tests.Training.Recipes;

public sealed class SelectionRuleTests
{
    [Fact]
    public void IsDue_EqualsTheReleasedTrainersExpression()
    {
        var rule = new SelectionRule { Metric = SelectionMetric.Accuracy, Evaluations = 10 };
        foreach (int epochs in Enumerable.Range(1, 60).Concat([137, 205, 937, 1875, 15_000]))
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                // num_evl = 10; if total_epoch < num_evl: num_evl = total_epoch
                int evaluations = epochs < 10 ? epochs : 10;
                bool upstream = epoch % (epochs / evaluations) == 0 || epoch == epochs - 1;
                Assert.True(upstream == rule.IsDue(epoch, epochs), $"epoch {epoch} of {epochs}");
            }
    }

    [Fact]
    public void IsDue_WithoutANumber_IsEveryEpoch() =>
        Assert.All(Enumerable.Range(0, 100), epoch => Assert.True(new SelectionRule { Metric = SelectionMetric.Loss }.IsDue(epoch, 100)));
}
