using MedBench.Data.Preprocessing;
using MedBench.Reporting.Building;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Tests.Reporting.Building;

public sealed class RunIdentityTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(1e-5, null, null)]
    [InlineData(1e-3, null, "25%")]
    [InlineData(null, ResizeMode.PadBeforeNormalize, "10-shot")]
    public void Of_SpecOfAConfiguration_FindsItAgain(double? rate, ResizeMode? resize, string? subset)
    {
        var run = SampleRuns.Configuration("dermamnist", "resnet18.a1_in1k", "wu2025", "end-to-end", 64) with
        {
            EncoderRate = rate, Resize = resize, Subset = subset is null ? null : TrainingSubset.Parse(subset),
        };
        var spec = RunSpec.Of(run, "md5", SampleRuns.Checkpoint('1'), 2);

        var found = RunIdentity.Of(spec)!;

        Assert.Equal(spec, RunSpec.Of(found, "md5", SampleRuns.Checkpoint('1'), 2));
        Assert.Equal((run.OtherEncoderRate, run.OtherResize, run.Subset), (found.OtherEncoderRate, found.OtherResize, found.Subset));
    }

    [Fact]
    public void Of_MeasuredRecords_AreOurRecipes()
    {
        var records = new RecordsSource(Repository.Measured).Runs().ToList();

        Assert.NotEmpty(records);
        Assert.All(records, r => Assert.NotNull(RunIdentity.Of(r.Result.Spec)));
    }

    [Fact]
    public void Of_OtherSettings_IsNotGuessed()
    {
        var spec = RunSpec.Of(SampleRuns.Configuration(), "md5", WeightsId.Initialised, 0);

        Assert.Null(RunIdentity.Of(spec with { RecipeHash = "0" }));
        Assert.Null(RunIdentity.Of(spec with { Recipe = "mine" }));
        Assert.Null(RunIdentity.Of(spec with { Model = "no-such-model" }));
    }
}
