using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Training.Engine;
using MedBench.Training.Recipes;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Engine;

[Collection(TorchCollection.Name)]
public sealed class TrainerTests
{
    private static readonly MethodRule s_probe = TinyRun.EndToEnd with { Encoder = null };

    [Fact]
    public void Run_SameSeed_GivesTheSameBits()
    {
        using var first = new TinyRun().With(batchNorm: true, dropout: 0.3);
        using var second = new TinyRun().With(batchNorm: true, dropout: 0.3);
        var (a, b) = (first.Train(), second.Train());
        Assert.Equal(a.Last!.Probabilities, b.Last!.Probabilities);
        Assert.Equal(a.History, b.History);
    }

    [Fact]
    public void Run_OtherSeed_GivesAnotherResult()
    {
        using var first = new TinyRun();
        using var second = new TinyRun { Seed = 4 };
        Assert.NotEqual(first.Train().Last!.Probabilities, second.Train().Last!.Probabilities);
    }

    [Fact]
    public void Run_Chance_DiffersFromStepToStepAndIsTheSeeds()
    {
        List<float> Draws(int seed)
        {
            using var run = new TinyRun { Seed = seed };
            var draws = new List<float>();
            run.Model.Step = _ => draws.Add(rand(1).item<float>());
            run.Train();
            return draws;
        }

        Assert.Equal(24, Draws(3).Distinct().Count());
        Assert.Equal(Draws(3), Draws(3));
        Assert.Empty(Draws(3).Intersect(Draws(4)));
    }

    [Fact]
    public void EndToEnd_ChangesEncoderAndClassifier() => Assert.All(Changes(TinyRun.EndToEnd), Assert.True);

    [Fact]
    public void EndToEnd_AsReleased_LeavesTheClassifierBitIdentical() => Assert.Equal([true, true, false, false], Changes(TinyRun.EndToEnd with { Classifier = null }));

    [Fact]
    public void LinearProbing_LeavesTheEncoderBitIdentical() => Assert.Equal([false, false, true, true], Changes(s_probe));

    [Fact]
    public void Probe_OnCachedFeatures_AgreesWithTheLiveOne()
    {
        using var live = new TinyRun { Method = s_probe };
        using var cached = new TinyRun { Method = s_probe, Cached = true };
        Assert.False(live.Model.HasBatchDependentFeatures);
        var (expected, actual) = (live.Train(), cached.Train());
        Assert.Equal(expected.BestEpoch, actual.BestEpoch);
        Assert.All(expected.Last!.Probabilities.Zip(actual.Last!.Probabilities), p => Assert.Equal(p.First, p.Second, 1e-5f));
        Assert.All(expected.History.Zip(actual.History), h => Assert.Equal(h.First.TrainLoss, h.Second.TrainLoss, 1e-5));
        foreach (var (a, b) in live.Weights.Zip(cached.Weights)) Assert.True((a - b).abs().max().item<float>() < 1e-5);
    }

    [Theory]
    [InlineData(FrozenEncoderMode.Train, true)]
    [InlineData(FrozenEncoderMode.Eval, false)]
    public void Probe_OfBatchNorm_UpdatesRunningStatisticsInTrainModeOnly(FrozenEncoderMode mode, bool changes)
    {
        using var run = new TinyRun { Method = s_probe with { FrozenEncoder = mode } }.With(batchNorm: true);
        using var before = run.Model.RunningMean!.clone();
        run.Train();
        Assert.Equal(changes, !before.eq(run.Model.RunningMean!).all().item<bool>());
    }

    // 20 validation images in batches of 8: the last has 4 and weighs as much as the others, as upstream's val_loss / len(val_loader).
    [Fact]
    public void Predict_Loss_IsTheMeanOfBatchMeans()
    {
        using var run = new TinyRun();
        using var data = new TrainingData(run.Open(Split.Train), run.Open(Split.Validation), run.Open(Split.Test));
        using var trainer = new Trainer(new ModelLearner(run.Model, run.Method), run.Objective, run.Plan(), data);
        var prediction = trainer.Predict(data.Validation);

        double[] losses = [.. Enumerable.Range(0, 20).Select(i => -Math.Log(prediction.Probabilities[i * 4 + data.Validation.Labels[i]]))];
        double expected = losses.Chunk(8).Average(batch => batch.Average());
        Assert.Equal(expected, prediction.Loss, 1e-6);
        Assert.NotEqual(losses.Average(), prediction.Loss, 1e-6);
        Assert.Equal(20, prediction.Probabilities.Chunk(4).Count(row => Math.Abs(row.Sum() - 1) < 1e-6));
    }

    [Fact]
    public void Run_BestWeights_AreTheFirstOfEquals()
    {
        using var run = new TinyRun { Method = s_probe with { Classifier = TinyRun.AdamW with { LearningRate = 0 }, Patience = 3, Epochs = 10 } };
        var outcome = run.Train();
        Assert.Equal((0, 3, 24L), (outcome.BestEpoch, outcome.LastEpoch, outcome.Iterations));
        Assert.Equal(4, outcome.History.Count);
    }

    [Fact]
    public void Run_BestAndLast_AreThePredictionsOfTheirEpochs()
    {
        // A rate that soon ruins what the first epoch learned.
        using var run = new TinyRun { Method = TinyRun.EndToEnd with { Classifier = TinyRun.AdamW with { LearningRate = 30 }, Epochs = 5 } };
        var outcome = run.Train();
        Assert.Equal(outcome.History.MinBy(h => h.ValidationLoss)!.Epoch, outcome.BestEpoch);
        Assert.NotEqual(outcome.BestEpoch, outcome.LastEpoch);
        using var shorter = new TinyRun { Method = run.Method with { Epochs = outcome.BestEpoch + 1 } };
        Assert.Equal(shorter.Train().Last!.Probabilities, outcome.Best.Probabilities);
    }

    [Fact]
    public void Run_DropLast_LeavesTheIncompleteBatchOut()
    {
        using var run = new TinyRun { Method = TinyRun.EndToEnd with { DropLast = true } };
        var sizes = new List<long>();
        run.Model.Batch = sizes.Add;
        Assert.Equal(20, run.Train().Iterations);
        Assert.All(sizes, size => Assert.Equal(8, size));
        using var kept = new TinyRun();
        Assert.Equal(24, kept.Train().Iterations);
    }

    [Fact]
    public void Run_LossIsNoNumberBeforeTheFirstEvaluation_NamesEpochAndIteration()
    {
        using var run = new TinyRun();
        run.Model.Step = step => { if (step == 2) using (no_grad()) run.Weights[0].fill_(float.NaN); };
        var error = Assert.Throws<MedBenchException>(() => run.Train());
        Assert.Contains("epoch 1, iteration 6", error.Message, StringComparison.Ordinal);
        Assert.Contains("learning rate", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LossIsNoNumberLater_EndsThereWithTheBestWeightsAndSaysSo()
    {
        using var run = new TinyRun();
        run.Model.Step = step => { if (step == 8) using (no_grad()) run.Weights[0].fill_(float.NaN); };
        var outcome = run.Train();
        Assert.Equal((0, null), (outcome.BestEpoch, outcome.Last));
        Assert.Equal((0, 6), (outcome.LastEpoch, outcome.Iterations));
        Assert.All(outcome.Best.Probabilities, p => Assert.True(float.IsFinite(p)));
        Assert.Contains("epoch 2, iteration 6: the run ended there", outcome.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, float.NaN)]
    [InlineData(3, float.MaxValue)] // the classifier's bias: probabilities of 0 and 1, and an infinite loss
    public void Run_PredictionsNotFiniteAtTheFirstEvaluation_NamesEpochAndIteration(int weight, float value)
    {
        using var run = new TinyRun();
        var error = Assert.Throws<MedBenchException>(() => run.Train(new Spoiler(run, 6, weight, value)));
        Assert.Contains("the validation predictions are not finite at epoch 1, iteration 6", error.Message, StringComparison.Ordinal);
        Assert.Contains("learning rate", error.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, float.NaN)]
    [InlineData(3, float.MaxValue)]
    public void Run_PredictionsNotFiniteLater_EndsThereWithTheBestWeightsAndSaysSo(int weight, float value)
    {
        using var run = new TinyRun();
        var outcome = run.Train(new Spoiler(run, 12, weight, value));
        Assert.Equal((0, null), (outcome.BestEpoch, outcome.Last));
        Assert.Equal((0, 6), (outcome.LastEpoch, outcome.Iterations));
        Assert.Single(outcome.History);
        Assert.All(outcome.Best.Probabilities, p => Assert.True(float.IsFinite(p)));
        Assert.StartsWith("the validation predictions are not finite at epoch 2, iteration 6: the run ended there", outcome.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OverAThousandSteps_LeavesNoTensorAndNoMemoryBehind()
    {
        using var run = new TinyRun { Method = TinyRun.EndToEnd with { Epochs = 168 } }.With(batchNorm: true, dropout: 0.1);
        var live = new List<long>();
        var managed = new List<long>();
        run.Model.Step = step =>
        {
            if (step % 6 != 5) return; // the end of an epoch, when nothing is being prefetched
            live.Add(TorchSharp.torch.Tensor.TotalCount);
            managed.Add(GC.GetTotalMemory(forceFullCollection: true));
        };
        Assert.Equal(1008, run.Train().Iterations);
        Assert.True(live.Skip(1).Distinct().Count() == 1, string.Join(" ", live));
        Assert.True(managed[^1] - managed[2] < 300_000, $"managed memory grew from {managed[2]} to {managed[^1]} bytes");
    }

    [Fact]
    public void Run_InBFloat16_LearnsAsFloat32Does()
    {
        var method = TinyRun.EndToEnd with { Epochs = 20 };
        using var exact = new TinyRun { Method = method }.With(batchNorm: true);
        using var rounded = new TinyRun { Method = method, BFloat16 = true }.With(batchNorm: true);
        var (expected, actual) = (exact.Train(), rounded.Train());
        Assert.NotEqual(expected.Last!.Probabilities, actual.Last!.Probabilities);
        double learned = expected.History[0].TrainLoss - expected.History[^1].TrainLoss;
        Assert.True(learned > 0.2, $"float32 learned only {learned}");
        Assert.InRange(actual.History[0].TrainLoss - actual.History[^1].TrainLoss, 0.9 * learned, 1.1 * learned);
    }

    private static bool[] Changes(MethodRule method)
    {
        using var run = new TinyRun { Method = method };
        var before = run.Weights.Select(w => w.clone()).ToList();
        run.Train();
        return [.. before.Zip(run.Weights, (a, b) => !a.eq(b).all().item<bool>())];
    }

    // Told of the last step of an epoch between that step and the evaluation.
    private sealed class Spoiler(TinyRun run, long iteration, int weight, float value) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress progress)
        {
            if (progress.Iteration != iteration || double.IsNaN(progress.Loss)) return;
            using var _ = no_grad();
            run.Weights[weight].fill_(value)[0].neg_();
        }
    }
}
