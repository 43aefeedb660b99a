using MedBench.Models.Cards;
using MedBench.Training.Engine;

namespace MedBench.Tests.Training.Engine;

[Collection(TorchCollection.Name)]
public sealed class DiagnosisTests
{
    [Theory]
    [InlineData(EncoderKind.ViT, 1e-4, true)]
    [InlineData(EncoderKind.ViT, 1e-3, true)]
    [InlineData(EncoderKind.ViT, 1e-5, false)]
    [InlineData(EncoderKind.CNN, 1e-3, false)]
    public void ViTAtACnnsRate_IsWarnedOfFromTheStart(EncoderKind kind, double rate, bool warned)
    {
        var warnings = Of(kind, rate, []);
        if (!warned) Assert.Empty(warnings);
        else Assert.Contains("a ViT trained at encoder learning rate 1e-", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 0.5, false)] // the first tenth of 100 epochs is 0 to 9
    [InlineData(9, 0.5, true)]
    [InlineData(99, 0.5, true)]
    [InlineData(50, 0.549, true)]
    [InlineData(50, 0.3, true)]
    [InlineData(50, 0.551, false)]
    [InlineData(50, null, false)]
    public void AucAtChance_AfterATenth_IsWarnedOf(int epoch, double? auc, bool warned)
    {
        var warnings = Of(EncoderKind.CNN, 1e-4, [new EpochRecord(epoch, 1, 1, 0.25, auc), new EpochRecord(epoch + 1, 1, 1, 0.25, auc)]);
        if (!warned && epoch != 8) Assert.Empty(warnings);
        else Assert.Contains($"after epoch {(warned ? epoch : epoch + 1) + 1}: no better than chance", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2.7, false)]
    [InlineData(2.8, true)] // 2 ln 4 = 2.77
    public void LossAboveTwiceAUniformGuess_IsWarnedOf(double loss, bool warned) =>
        Assert.Equal(warned, Of(EncoderKind.CNN, 1e-4, [new EpochRecord(0, loss, 1, 0.25, 0.9)]).Any(w => w.Contains("diverged", StringComparison.Ordinal)));

    [Fact]
    public void Run_OfAViTThatCannotLearn_TellsWhileRunningAndInTheResult()
    {
        using var run = new TinyRun { Kind = EncoderKind.ViT };
        run.Method = run.Method with { Encoder = TinyRun.AdamW with { LearningRate = 1e-3 }, Classifier = TinyRun.AdamW with { LearningRate = 100 } };
        var told = new List<IReadOnlyList<string>>();
        var outcome = run.Train(new Reports(told));
        Assert.Single(told[0]);
        Assert.Equal(outcome.Warnings, told[^1]);
        Assert.Contains(outcome.Warnings, w => w.Contains("diverged", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Of(EncoderKind kind, double rate, IReadOnlyList<EpochRecord> history)
    {
        using var run = new TinyRun();
        return Diagnosis.Of(run.Plan() with { EncoderKind = kind, EncoderRate = rate }, run.Objective, history, 100);
    }

    private sealed class Reports(List<IReadOnlyList<string>> all) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => all.Add(value.Warnings);
    }
}
