using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Training.Engine;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Engine;

[Collection(TorchCollection.Name)]
public sealed class ResumeTests
{
    // 6 iterations an epoch, the last with 5 of 8 images; 4 epochs.
    public static TheoryData<long[]> Interruptions => [[0L], [1L], [5L], [6L], [11L], [22L], [2L, 3L, 14L], [4L, 9L, 10L, 21L]];

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void Run_CancelledAndResumed_EndsWithTheSameBits(long[] interruptions)
    {
        using var whole = new TinyRun().With(batchNorm: true, dropout: 0.3);
        using var broken = new TinyRun().With(batchNorm: true, dropout: 0.3);
        var expected = whole.Train();
        broken.NewCheckpoint();

        long done = 0;
        foreach (long iteration in interruptions)
        {
            broken.CancelAt(iteration - done);
            Assert.True(File.Exists(broken.Checkpoint));
            done = iteration + 1; // the step that was under way is finished first
            broken.With(batchNorm: true, dropout: 0.3); // a new process: everything but the file is lost
        }
        var actual = broken.Train();

        Assert.Equal(expected.Best.Probabilities, actual.Best.Probabilities);
        Assert.Equal(expected.Last!.Probabilities, actual.Last!.Probabilities);
        Assert.Equal(expected.History, actual.History);
        Assert.Equal((expected.BestEpoch, expected.LastEpoch, expected.Iterations), (actual.BestEpoch, actual.LastEpoch, actual.Iterations));
        foreach (var (a, b) in whole.Weights.Zip(broken.Weights)) Assert.True(a.eq(b).all().item<bool>());
    }

    [Fact]
    public void Run_InBFloat16CancelledAndResumed_EndsWithTheSameBits()
    {
        using var whole = new TinyRun { BFloat16 = true }.With(batchNorm: true);
        using var broken = new TinyRun { BFloat16 = true }.With(batchNorm: true);
        var expected = whole.Train();
        broken.NewCheckpoint();
        broken.CancelAt(9);
        broken.With(batchNorm: true);
        Assert.Equal(expected.Last!.Probabilities, broken.Train().Last!.Probabilities);
    }

    [Fact]
    public void Run_Stopped_ResumesToTheSameEnd()
    {
        using var run = new TinyRun();
        run.Method = run.Method with { Patience = 1, Encoder = null, Classifier = TinyRun.AdamW with { LearningRate = 0 }, Epochs = 9 };
        run.NewCheckpoint();
        run.CancelAt(8);
        var outcome = run.Train();
        Assert.Equal((0, 1, 12L), (outcome.BestEpoch, outcome.LastEpoch, outcome.Iterations));
    }

    [Fact]
    public void Checkpoint_Truncated_IsOneClearError()
    {
        using var run = Interrupted();
        byte[] bytes = File.ReadAllBytes(run.Checkpoint!);
        AtomicFile.Write(run.Checkpoint!, s => s.Write(bytes.AsSpan(0, bytes.Length / 2)));
        Refused(run, "is damaged");
    }

    [Fact]
    public void Checkpoint_NotOne_IsOneClearError()
    {
        using var run = Interrupted();
        AtomicFile.WriteText(run.Checkpoint!, "hello");
        Refused(run, "is damaged");
    }

    [Fact]
    public void Checkpoint_WithoutState_IsOneClearError()
    {
        using var run = Interrupted();
        using var other = zeros(3);
        MedBench.Models.Weights.SafetensorsWriter.Write(run.Checkpoint!, [("x", other)]);
        Refused(run, "holds no training run");
    }

    [Fact]
    public void Checkpoint_OfAnotherSeed_IsOneClearError()
    {
        using var run = Interrupted();
        run.Seed++;
        Refused(run, "another recipe, seed");
    }

    [Fact]
    public void Checkpoint_OfAnotherModel_IsOneClearErrorAndChangesNothing()
    {
        using var run = Interrupted();
        run.With(batchNorm: true);
        var before = run.Weights.Select(w => w.clone()).ToList();
        Refused(run, "is of another model");
        foreach (var (a, b) in before.Zip(run.Weights)) Assert.True(a.eq(b).all().item<bool>());
    }

    [Fact]
    public void Run_Cancelled_ThrowsWithACheckpointOfThisMoment()
    {
        using var run = Interrupted(iteration: 7);
        var reports = new List<TrainingProgress>();
        run.Train(new Reports(reports));
        Assert.Equal(12, reports[0].Iteration); // the loss is next read at the end of the second epoch
    }

    private static TinyRun Interrupted(long iteration = 3)
    {
        var run = new TinyRun();
        run.NewCheckpoint();
        run.CancelAt(iteration);
        return run;
    }

    private static void Refused(TinyRun run, string reason)
    {
        var error = Assert.Throws<MedBenchException>(() => run.Train());
        Assert.Contains(run.Checkpoint!, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal("move it away to start the run over", error.Fix);
    }

    private sealed class Reports(List<TrainingProgress> all) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => all.Add(value);
    }
}
