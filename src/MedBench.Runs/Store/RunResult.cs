using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;
using MedBench.Runs.Cells;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Runs.Store;

/// <summary>What a run found, as <c>result.json</c> holds it.</summary>
/// <param name="Schema">Version of this form: <see cref="CurrentSchema"/>.</param>
/// <param name="Id"><see cref="RunSpec.Id"/> of <paramref name="Spec"/>.</param>
/// <param name="Spec">What was run.</param>
/// <param name="Metrics">Final metrics by split: <c>test</c> with the selected weights, <c>test-last</c> with the last epoch's.</param>
/// <param name="Evaluations">Metrics during training, in order; empty for k-NN.</param>
/// <param name="Environment">Machine and software.</param>
/// <param name="Seconds">Wall time by phase, for example <c>train</c>.</param>
/// <param name="PeakMemoryBytes">Largest resident memory of the process.</param>
/// <param name="FinishedUtc">When it ended.</param>
/// <param name="Notes">Warnings and choices that a reader must know.</param>
/// <param name="Settings">What made it, in clear; null in records of schema 1, which have none.</param>
public sealed record RunResult(
    int Schema,
    string Id,
    RunSpec Spec,
    IReadOnlyDictionary<string, SplitResult> Metrics,
    IReadOnlyList<Evaluation> Evaluations,
    RunEnvironment Environment,
    IReadOnlyDictionary<string, double> Seconds,
    long PeakMemoryBytes,
    DateTimeOffset FinishedUtc,
    IReadOnlyList<string> Notes,
    RunSettings? Settings = null)
{
    /// <summary>Machine and software, with the arithmetic that was effectively used: <c>fp32-strict on cuda</c>.</summary>
    [JsonIgnore]
    public RunEnvironment ComputedOn => Environment with { Device = $"{Spec.Precision.Name()} on {Environment.Device}" };

    /// <summary>The dataset: of the benchmark's by name, of the reader's own as the record describes it, without images; null where this version knows none of that name.</summary>
    [JsonIgnore]
    public DatasetCard? Dataset => Settings?.Dataset is { } own ? own.CardOf(Spec.Dataset, Spec.Size, Spec.DatasetMd5) : DatasetCatalog.Find(Spec.Dataset);

    /// <summary>The version written by this code.</summary>
    public const int CurrentSchema = 2;

    private const int OldestSchema = 1;

    /// <summary>Name in <see cref="Metrics"/>, and among the predictions, of what some weights gave on the test split.</summary>
    public static string SplitOf(TestedWeights weights) => weights == TestedWeights.Selected ? "test" : "test-last";

    /// <summary>Reads a <c>result.json</c>; its schema is looked at before anything else.</summary>
    /// <param name="utf8">Content.</param>
    /// <param name="file">Name to show in errors.</param>
    /// <exception cref="MedBenchException">It is of another version, or malformed.</exception>
    public static RunResult Read(ReadOnlySpan<byte> utf8, string file)
    {
        var result = StrictJson.Read<RunResult>(utf8, file, OldestSchema, CurrentSchema);
        if (result.Settings?.Dataset is not null && DatasetCatalog.Find(result.Spec.Dataset) is not null)
            throw new MedBenchException($"{file}: {result.Spec.Dataset} is a dataset that the benchmark knows, and the record says that it is one of your own", "put the file back as it was written; give your own dataset another name");
        if (result.Settings is { } made && RecipeProblems.Of(made.Recipe) is { } problem) throw new MedBenchException($"{file}: settings.recipe: {problem}", "put the file back as it was written");
        return result is { Schema: > OldestSchema, Settings: null }
            ? throw new MedBenchException($"{file}: 'settings' is missing", "put the file back as it was written")
            : result;
    }

    /// <summary>
    /// What was run. Null where this version cannot run it: it has no such dataset or model, their cards have changed what the run saw, or
    /// the record is of schema 1 and no embedded recipe gives its spec.
    /// </summary>
    public RunConfiguration? Configuration()
    {
        if ((Settings ?? (RecipeCatalog.Find(Spec.Recipe) is { } recipe ? new RunSettings(recipe) : null)) is not { } settings || !settings.Recipe.Methods.ContainsKey(Spec.Method.ToString()))
            return null;
        if (Dataset is not { } dataset || (settings.Encoder?.Card("") ?? ModelCatalog.Find(Spec.Model)) is not { } model)
            return null;
        var run = new RunConfiguration(dataset, Spec.Size, model, settings.Recipe, Spec.Method, settings.EncoderRate, Spec.Subset.Subset, settings.Resize);
        return RunSpec.Of(run, Spec.DatasetMd5, Spec.Weights, (int)Spec.Seed, Spec.Precision) == Spec ? run : null;
    }

    /// <summary>The metrics on the test split; null where these weights were not tested.</summary>
    public SplitResult? Test(TestedWeights weights) => Metrics.GetValueOrDefault(SplitOf(weights));

    /// <summary>One metric on the test split, a fraction; null where there is none.</summary>
    public double? Test(Metric metric, TestedWeights weights = TestedWeights.Selected) => metric switch
    {
        Metric.Acc => Test(weights)?.Acc,
        Metric.Auc => Test(weights)?.Auc,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "no metric"),
    };
}
