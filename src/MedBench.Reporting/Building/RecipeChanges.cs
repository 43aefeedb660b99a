using System.Text.Json;
using System.Text.Json.Nodes;
using MedBench.Core.Text;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Reporting.Building;

/// <summary>What an edited recipe says otherwise.</summary>
internal static class RecipeChanges
{
    private const int Named = 4;

    /// <summary>In words: "recipe wu2025, edited: epochs 5 instead of 10".</summary>
    /// <param name="run">A run with another recipe than its paper's.</param>
    /// <param name="paper">The paper.</param>
    internal static string Of(RunConfiguration run, string paper)
    {
        var recipe = run.Recipe;
        var known = RecipeCatalog.Find(recipe.Name) ?? RecipeCatalog.Find(paper);
        string name = known?.Name == recipe.Name ? $"recipe {recipe.Name}, edited" : $"recipe {recipe.Name}";
        if (known?.Methods.GetValueOrDefault(run.Method.ToString()) is not { } rule) return $"{name}: {paper} has no method {run.Method}";
        var (now, then) = (Settings(recipe, run.Rule), Settings(known, rule));
        string[] changes = [.. from key in now.Keys.Union(then.Keys)
                               where now.GetValueOrDefault(key) != then.GetValueOrDefault(key)
                               select $"{key} {now.GetValueOrDefault(key, "none")} instead of {then.GetValueOrDefault(key, "none")}"];
        return $"{name}: {string.Join(", ", changes.Take(Named))}{(changes.Length > Named ? $" and {changes.Length - Named} more" : "")}";
    }

    // What a protocol's hash is over, by dotted key.
    private static Dictionary<string, string> Settings(Recipe recipe, MethodRule rule)
    {
        var settings = new Dictionary<string, string>();
        Add("", JsonSerializer.SerializeToNode(new { recipe.BinaryOutputs, recipe.EvaluationBatchSize, recipe.Input }, StrictJson.Options));
        Add("", JsonSerializer.SerializeToNode(rule, StrictJson.Options));
        return settings;

        void Add(string key, JsonNode? node)
        {
            if (node is JsonObject members)
                foreach (var (name, value) in members) Add(key.Length == 0 ? name : $"{key}.{name}", value);
            else if (node is not null)
                settings[key] = node.ToJsonString().Trim('"');
        }
    }
}
