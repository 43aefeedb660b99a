using MedBench.Training.Recipes;

namespace MedBench.Tests.Training.Recipes;

public sealed class ScheduleRuleTests
{
    // torch's recursion (ExponentialLR.step) and upstream's "if iter_counter % lr_decay_iters == 0".
    [Fact]
    public void Exponential_FollowsTheStepsOfTheReleasedTrainer()
    {
        var rule = RecipeCatalog.Get("wu2025").Methods["end-to-end"].Classifier!.Schedule;
        double factor = 1;
        for (int counter = 0; counter < 15_000;)
        {
            Assert.Equal(factor, rule.Factor(counter, epoch: counter / 7), 1e-12);
            counter++;
            if (counter % 200 == 0) factor *= 0.9;
        }
        Assert.Equal(Math.Pow(0.9, 75), factor, 1e-12);
    }

    // timm's CosineLRScheduler: the optimiser starts at the full rate; train.py calls step(epoch) after the epoch of that number.
    [Fact]
    public void Cosine_LagsOneEpoch()
    {
        var rule = RecipeCatalog.Get("doerrich2025").Methods["end-to-end"].Encoder!.Schedule;
        double factor = 1;
        for (int epoch = 0; epoch < 100; epoch++)
        {
            Assert.Equal(factor, rule.Factor(iterations: 9 * epoch, epoch), 1e-12);
            factor = 0.5 * (1 + Math.Cos(Math.PI * epoch / 100));
        }
        Assert.Equal(1, rule.Factor(0, 1));
        Assert.Equal(0.5, rule.Factor(0, 51), 1e-12);
        Assert.Equal(0.5 * (1 + Math.Cos(0.98 * Math.PI)), rule.Factor(0, 99), 1e-12);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(49, 1)]
    [InlineData(50, 0.1)]
    [InlineData(74, 0.1)]
    [InlineData(75, 0.01)]
    [InlineData(99, 0.01)]
    public void MultiStep_FallsAtItsMilestones(int epoch, double factor) =>
        Assert.Equal(factor, RecipeCatalog.Get("yang2023").Methods["from-scratch"].Encoder!.Schedule.Factor(iterations: 1000, epoch), 1e-12);

    [Fact]
    public void Constant_StaysOne() => Assert.Equal(1, new ScheduleRule { Kind = ScheduleKind.Constant, Gamma = 0.5 }.Factor(12_345, 99));
}
