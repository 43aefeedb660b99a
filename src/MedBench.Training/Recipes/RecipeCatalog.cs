using System.Globalization;
using MedBench.Data.Errors;

namespace MedBench.Training.Recipes;

/// <summary>The recipes that come with MedBench, and the reader for others.</summary>
public static class RecipeCatalog
{
    /// <summary>Names of the embedded recipes.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(RecipeCatalog).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("Recipes/", StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n)).Order(StringComparer.Ordinal)];

    /// <summary>The embedded recipe called <paramref name="name"/>, or the file of that path if it ends in <c>.yaml</c>.</summary>
    /// <exception cref="MedBenchException">No such recipe, or the file is malformed (with line and column).</exception>
    public static Recipe Get(string name)
    {
        if (name.EndsWith(".yaml", StringComparison.Ordinal))
        {
            if (!File.Exists(name)) throw new MedBenchException($"{name} does not exist", "give the path of a recipe file, or one of " + string.Join(", ", Names));
            return Parse(File.ReadAllText(name), name);
        }
        using var stream = typeof(RecipeCatalog).Assembly.GetManifestResourceStream($"Recipes/{name}.yaml")
            ?? throw Data.Errors.Names.Unknown("recipe", name, Names);
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), $"recipe {name}");
    }

    /// <summary>Reads a recipe strictly: an unknown or missing key is an error.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="source">Name of the file, for messages.</param>
    public static Recipe Parse(string yaml, string source)
    {
        const string Fix = "compare it with the recipes under src/MedBench.Training/Recipes";
        var recipe = StrictYaml.Read<Recipe>(yaml, source, Fix);
        return Problem(recipe) is { } problem ? throw new MedBenchException($"{source}: {problem}", Fix) : recipe;
    }

    private static string? Problem(Recipe recipe)
    {
        if (recipe.Schema != 1) return $"schema {recipe.Schema} is not known; this version reads schema 1";
        if (recipe.BinaryOutputs is not (1 or 2)) return "binary-outputs must be 1 or 2";
        if (recipe.Seeds.Length == 0) return "seeds is empty";
        if (recipe.EvaluationBatchSize < 1) return "evaluation-batch-size must be at least 1";
        if (recipe.Input.Size != InputRule.Native && !int.TryParse(recipe.Input.Size, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return $"input.size must be {InputRule.Native} or a number of pixels";
        foreach (var (name, method) in recipe.Methods)
        {
            if (method.BatchSize < 1) return $"methods.{name}.batch-size must be at least 1";
            if (method.Neighbours is not null) continue;
            if (method.Encoder is null && method.Classifier is null) return $"methods.{name} trains nothing: give it an encoder or a classifier";
            if (method is { Head: not null, Encoder: not null }) return $"methods.{name}.head needs a frozen encoder: leave encoder out";
            if (method.Head?.Problem is { } problem) return $"methods.{name}.head: {problem}";
            if (method.Selection is null) return $"methods.{name}.selection is missing";
            if ((method.Epochs is null) == (method.Iterations is null)) return $"methods.{name} needs epochs or iterations, one of the two";
            foreach (var optimizer in new[] { method.Encoder, method.Classifier })
                if (optimizer is { LearningRate: null, LearningRateByKind.Count: < 2 }) return $"methods.{name}: an optimiser has neither learning-rate nor learning-rate-by-kind for cnn and vit";
        }
        return null;
    }
}
