using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Catalog;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Runs.Store;

/// <summary>What made a run, in clear: its spec holds it as a hash. No part of the run's identity.</summary>
/// <param name="Recipe">The recipe as it was, with the one method that was run.</param>
/// <param name="EncoderRate">Encoder learning rate in place of the recipe's; null for the recipe's.</param>
/// <param name="Resize">Way to the input size in place of the recipe's; null for the recipe's.</param>
/// <param name="Encoder">The card of an encoder of the user's own; not written where there is none.</param>
/// <param name="Dataset">A dataset of the user's own; not written where there is none.</param>
public sealed record RunSettings(
    Recipe Recipe, double? EncoderRate = null, ResizeMode? Resize = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OwnEncoder? Encoder = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DatasetFacts? Dataset = null)
{
    /// <summary>The recipe of that name or file, or, of a record (<c>results/ID/result.json</c>), the one that it was made with.</summary>
    /// <exception cref="MedBenchException">There is none, or the file is malformed.</exception>
    public static Recipe RecipeOf(string name)
    {
        if (!name.EndsWith(".json", StringComparison.Ordinal)) return RecipeCatalog.Get(name);
        if (!File.Exists(name)) throw new MedBenchException($"{name} does not exist", "give the path of a run's result.json, of a recipe file, or the name of a recipe");
        return RunResult.Read(TextFile.Bytes(name), name).Settings?.Recipe
            ?? throw new MedBenchException($"{name} is a record of schema 1, which does not hold its recipe", "give the recipe's file or name");
    }

    /// <summary>The settings of <paramref name="run"/>.</summary>
    public static RunSettings Of(RunConfiguration run) =>
        new(run.Recipe with { Methods = new() { [run.Method.ToString()] = run.Rule } }, run.OtherEncoderRate, run.OtherResize, OwnEncoder.Of(run.Model), DatasetFacts.Of(run.Dataset));
}
