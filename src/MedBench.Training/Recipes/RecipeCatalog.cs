using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Training.Recipes;

/// <summary>The recipes that come with MedBench, and the reader for others.</summary>
public static class RecipeCatalog
{
    /// <summary>Names of the embedded recipes.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(RecipeCatalog).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("Recipes/", StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n)).Order(StringComparer.Ordinal)];

    private static readonly Lazy<IReadOnlyDictionary<string, Recipe>> s_embedded = new(() => Names.ToDictionary(name => name, Embedded));

    /// <summary>The embedded recipe called <paramref name="name"/>, or the file of that path if it ends in <c>.yaml</c> or <c>.yml</c>. Embedded ones are parsed once.</summary>
    /// <exception cref="MedBenchException">No such recipe, or the file is malformed (with line and column).</exception>
    public static Recipe Get(string name) =>
        FolderListing.IsYaml(name) ? Parse(Text(name), name) : Find(name) ?? throw Core.Errors.Names.Unknown("recipe", name, Names);

    /// <summary>The text of a recipe file.</summary>
    /// <exception cref="MedBenchException">It does not exist.</exception>
    public static string Text(string path) => File.Exists(path)
        ? TextFile.Read(path)
        : throw new MedBenchException($"{path} does not exist", "give the path of a recipe file, or one of " + string.Join(", ", Names));

    /// <summary>The embedded recipe of that name; null if there is none.</summary>
    public static Recipe? Find(string name) => s_embedded.Value.GetValueOrDefault(name);

    /// <summary>Reads a recipe strictly: an unknown or missing key is an error.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="source">Name of the file, for messages.</param>
    public static Recipe Parse(string yaml, string source)
    {
        const string Fix = "compare it with the recipes under src/MedBench.Training/Recipes";
        var recipe = StrictYaml.Read<Recipe>(new YamlPlaces(yaml, source), Recipe.CurrentSchema, Fix);
        return RecipeProblems.Of(recipe) is { } problem ? throw new MedBenchException($"{source}: {problem}", Fix) : recipe;
    }

    private static Recipe Embedded(string name)
    {
        using var reader = new StreamReader(typeof(RecipeCatalog).Assembly.GetManifestResourceStream($"Recipes/{name}.yaml")!);
        return Parse(reader.ReadToEnd(), $"recipe {name}");
    }
}
