using MedBench.Training.Recipes;

namespace MedBench.Reporting.Building;

/// <summary>The embedded recipes, parsed once: a report asks for them once a run.</summary>
internal static class KnownRecipes
{
    private static readonly Lazy<Dictionary<string, Recipe>> s_all = new(() => RecipeCatalog.Names.ToDictionary(n => n, RecipeCatalog.Get));

    /// <summary>The recipe of that name; null if there is none.</summary>
    internal static Recipe? Find(string name) => s_all.Value.GetValueOrDefault(name);
}
