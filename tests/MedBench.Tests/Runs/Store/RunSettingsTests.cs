using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Preprocessing;
using MedBench.Runs.Store;
using MedBench.Tests.Reporting;
using MedBench.Training.Runs;

namespace MedBench.Tests.Runs.Store;

public sealed class RunSettingsTests
{
    private static readonly RunConfiguration s_run = SampleRuns.Configuration("dermamnist", "resnet18.a1_in1k", "wu2025", "end-to-end", 64);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(7e-5, null, null)]
    [InlineData(1.23456789e-5, null, "25%")]
    [InlineData(null, ResizeMode.PadBeforeNormalize, "10-shot")]
    public void Configuration_OfARecordThatWasWritten_IsWhatWasRun(double? rate, ResizeMode? resize, string? subset) =>
        SameAgain(s_run with { EncoderRate = rate, Resize = resize, Subset = subset is null ? null : TrainingSubset.Parse(subset) });

    [Fact]
    public void Configuration_OfAnEditedRecipeOrAFile_IsWhatWasRun()
    {
        var edited = s_run.Recipe with { EvaluationBatchSize = 7 };
        SameAgain(s_run with { Recipe = edited, EncoderRate = 7e-5 });
        SameAgain(s_run with { Recipe = edited with { Name = "mine" } });
    }

    [Fact]
    public void Configuration_OfKeptRecords_IsOneOfOurRecipes()
    {
        var records = new RecordsSource(Repository.Measured).Runs().ToList();

        Assert.NotEmpty(records);
        Assert.All(records, r => Assert.Null(r.Result.Configuration()!.OtherRecipe));
    }

    [Fact]
    public void Configuration_OfSchema1_IsTheEmbeddedRecipesOrNone()
    {
        var old = SampleRuns.Result(s_run, 2, 0.8) with { Schema = 1, Settings = null };

        Assert.NotNull(Again(old).Configuration());
        Assert.Null((old with { Spec = old.Spec with { RecipeHash = "0123456789" } }).Configuration());
        Assert.Null((old with { Spec = old.Spec with { Recipe = "mine" } }).Configuration());
    }

    [Fact]
    public void Configuration_OfSettingsThatAreNotTheSpecs_IsNotBelieved()
    {
        var result = SampleRuns.Result(s_run, 2, 0.8);

        Assert.Null((result with { Settings = result.Settings! with { EncoderRate = 3e-3 } }).Configuration());
        Assert.Null((result with { Spec = result.Spec with { Model = "no-such-model" } }).Configuration());
    }

    [Fact]
    public void Read_Schema2WithoutSettings_IsAnError()
    {
        var result = SampleRuns.Result(s_run, 2, 0.8) with { Settings = null };

        Assert.Equal("x.json: 'settings' is missing", Assert.Throws<MedBenchException>(() => Again(result)).Message);
    }

    // Found by TextFuzzTests: a quotation mark in the wrong place left a rate without its number.
    [Fact]
    public void Read_ARecipeThatCannotBeCarriedOut_IsAnErrorWithItsKey()
    {
        var result = SampleRuns.Result(s_run, 2, 0.8);
        var (method, rule) = result.Settings!.Recipe.Methods.Single();
        var without = result.Settings.Recipe with { Methods = new() { [method] = rule with { Encoder = rule.Encoder! with { LearningRate = null, LearningRateByKind = [] } } } };

        var e = Assert.Throws<MedBenchException>(() => Again(result with { Settings = result.Settings with { Recipe = without } }));
        Assert.StartsWith("x.json: settings.recipe: methods.end-to-end.encoder has neither learning-rate", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecipeOf_ARecord_IsTheRecipeThatItWasMadeWith()
    {
        using var folder = new TestFolder();
        var edited = s_run with { Recipe = s_run.Recipe with { EvaluationBatchSize = 7 } };
        string file = folder.Write("result.json", Encoding.UTF8.GetBytes(StrictJson.Write(SampleRuns.Result(edited, 2, 0.8))));

        Assert.Equal(edited.ProtocolHash, (s_run with { Recipe = RunSettings.RecipeOf(file) }).ProtocolHash);
        Assert.Same(s_run.Recipe, RunSettings.RecipeOf("wu2025"));
        Assert.Throws<MedBenchException>(() => RunSettings.RecipeOf(folder.File("none.json")));
    }

    private static void SameAgain(RunConfiguration run)
    {
        var result = SampleRuns.Result(run, 2, 0.8);
        var found = Again(result).Configuration()!;

        Assert.Equal(result.Spec, RunSpec.Of(found, result.Spec.DatasetMd5, result.Spec.Weights, 2));
        Assert.Equal((run.OtherEncoderRate, run.OtherResize, run.Subset, run.OtherRecipe), (found.OtherEncoderRate, found.OtherResize, found.Subset, found.OtherRecipe));
    }

    private static RunResult Again(RunResult result) => RunResult.Read(Encoding.UTF8.GetBytes(StrictJson.Write(result)), "x.json");
}
