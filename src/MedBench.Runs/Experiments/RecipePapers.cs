using MedBench.Training.Recipes;

namespace MedBench.Runs.Experiments;

/// <summary>Whose numbers the runs of a recipe are compared with: a recipe that varies a paper's, such as <c>wu2025-heads</c>, is no paper itself.</summary>
/// <param name="experiments">What is declared.</param>
public sealed class RecipePapers(IEnumerable<ExperimentFile> experiments)
{
    // A paper may try another paper's recipe; that stays the other's.
    private readonly Dictionary<string, string> _papers = experiments.SelectMany(e => e.Cells).GroupBy(c => c.Run.Recipe.Name, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Any(c => c.Paper == g.Key) ? g.Key : g.First().Paper, StringComparer.Ordinal);

    /// <summary>The paper that the recipe names; else that of the experiments that use it; else the one called like it.</summary>
    public string Of(Recipe recipe) => recipe.Paper ?? Of(recipe.Name);

    /// <summary>The paper of the experiments that use <paramref name="recipe"/>; without any, the one called like the recipe.</summary>
    public string Of(string recipe) => _papers.GetValueOrDefault(recipe, recipe);
}
