using System.Globalization;

namespace MedBench.Training.Recipes;

/// <summary>What a recipe says that cannot be carried out.</summary>
internal static class RecipeProblems
{
    /// <summary>The first problem, with its key; null without any.</summary>
    internal static string? Of(Recipe recipe)
    {
        if (recipe.Schema != 1) return $"schema {recipe.Schema} is not known; this version reads schema 1";
        if (recipe.BinaryOutputs is not (1 or 2)) return "binary-outputs must be 1 or 2";
        if (recipe.Seeds.Length == 0) return "seeds is empty";
        if (recipe.Seeds.Any(s => s < 0)) return "seeds must be at least 0";
        if (recipe.EvaluationBatchSize < 1) return "evaluation-batch-size must be at least 1";
        if (recipe.Input.Size != InputRule.Native && !int.TryParse(recipe.Input.Size, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return $"input.size must be {InputRule.Native} or a number of pixels";
        if (recipe.Methods.Count == 0) return "methods is empty";
        return recipe.Methods.Select(m => OfMethod(m.Value) is { } problem ? $"methods.{m.Key}{problem}" : null).FirstOrDefault(p => p is not null);
    }

    private static string? OfMethod(MethodRule method)
    {
        if (method.BatchSize < 1) return ".batch-size must be at least 1";
        if (method.Neighbours is { } k) return k < 1 ? ".neighbours must be at least 1" : null;
        if (method.Encoder is null && method.Classifier is null) return " trains nothing: give it an encoder or a classifier";
        if (method is { Head: not null, Encoder: not null }) return ".head needs a frozen encoder: leave encoder out";
        if (method.Head?.Problem is { } problem) return $".head: {problem}";
        if (method.Selection is null) return ".selection is missing";
        if (method.Selection.Evaluations < 1) return ".selection.evaluations must be at least 1";
        if ((method.Epochs is null) == (method.Iterations is null)) return " needs epochs or iterations, one of the two";
        if (method.Epochs < 1) return ".epochs must be at least 1";
        if (method.Iterations < 1) return ".iterations must be at least 1";
        return OfOptimizer("encoder", method.Encoder) ?? OfOptimizer("classifier", method.Classifier);
    }

    private static string? OfOptimizer(string key, OptimizerRule? optimizer) => optimizer switch
    {
        null => null,
        { LearningRate: null, LearningRateByKind: not { Count: >= 2 } } => $".{key} has neither learning-rate nor learning-rate-by-kind for cnn and vit",
        { Schedule.EveryIterations: < 1 } => $".{key}.schedule.every-iterations must be at least 1",
        { Schedule.Epochs: < 1 } => $".{key}.schedule.epochs must be at least 1",
        _ => null,
    };
}
