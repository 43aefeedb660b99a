using System.Numerics;
using MedBench.Core.Text;

namespace MedBench.Training.Recipes;

/// <summary>What a recipe says that cannot be carried out.</summary>
public static class RecipeProblems
{
    /// <summary>The first problem, with its key; null without any.</summary>
    public static string? Of(Recipe recipe)
    {
        if (recipe.BinaryOutputs is not (1 or 2)) return "binary-outputs must be 1 or 2";
        if (recipe.Precision is not (Precision.Fp32Strict or Precision.Tf32Convolutions or Precision.Tf32)) return "precision must be fp32-strict, tf32-convolutions or tf32: what the paper's code computes in on CUDA";
        if (recipe.Seeds.Length == 0) return "seeds is empty";
        if (recipe.Seeds.Length > Limits.MostSeeds) return $"seeds are more than {Limits.MostSeeds}";
        if (recipe.Input.Size != InputRule.Native && Numbers.Integer(recipe.Input.Size) is not (> 0 and <= int.MaxValue)) return $"input.size must be {InputRule.Native} or a number of pixels";
        if ((Outside("seeds", Limits.Seed, recipe.Seeds) ?? Outside("dataset-size", Limits.Pixels, recipe.DatasetSize) ?? Outside("evaluation-batch-size", Limits.BatchSize, recipe.EvaluationBatchSize)
            ?? Outside("input.size", Limits.Pixels, recipe.Input.Size == InputRule.Native ? null : (int)Numbers.Integer(recipe.Input.Size)!)
            ?? Outside("input.size-by-model", Limits.Pixels, [.. recipe.Input.SizeByModel.Values])) is { } number)
            return number;
        if (recipe.Input is { Mean: { } mean } && (mean.Length != 3 || mean.Any(m => m is not (>= -10 and <= 10)))) return "input.mean must be 3 numbers from -10 to 10";
        if (recipe.Input is { Std: { } std } && (std.Length != 3 || std.Any(s => s is not (> 0 and <= 10)))) return "input.std must be 3 numbers above 0 and at most 10";
        if (recipe.Methods.Count == 0) return "methods is empty";
        return recipe.Methods.Select(m => OfMethod(m.Value) is { } problem ? $"methods.{m.Key}{problem}" : null).FirstOrDefault(p => p is not null);
    }

    private static string? OfMethod(MethodRule method)
    {
        if ((Outside(".batch-size", Limits.BatchSize, method.BatchSize) ?? Outside(".batch-size-by-model", Limits.BatchSize, [.. method.BatchSizeByModel.Values])
            ?? Outside(".neighbours", Limits.Neighbours, method.Neighbours) ?? Outside(".epochs", Limits.Epochs, method.Epochs) ?? Outside(".iterations", Limits.Iterations, method.Iterations)
            ?? Outside(".patience", Limits.Epochs, method.Patience) ?? Outside(".selection.evaluations", Limits.Epochs, method.Selection?.Evaluations)
            ?? Outside(".head.hidden", Limits.HeadWidth, method.Head?.Hidden) ?? Outside(".head.attention-heads", Limits.HeadWidth, method.Head?.AttentionHeads)) is { } number)
            return number;
        if (method.Neighbours is not null) return null;
        if (method.Encoder is null && method.Classifier is null) return " trains nothing: give it an encoder or a classifier";
        if (method is { Head: not null, Encoder: not null }) return ".head needs a frozen encoder: leave encoder out";
        if (method.Head?.Problem is { } problem) return $".head: {problem}";
        if (method.Selection is null) return ".selection is missing";
        if ((method.Epochs is null) == (method.Iterations is null)) return " needs epochs or iterations, one of the two";
        return OfOptimizer("encoder", method.Encoder) ?? OfOptimizer("classifier", method.Classifier);
    }

    private static string? OfOptimizer(string key, OptimizerRule? optimizer) => optimizer switch
    {
        null => null,
        { LearningRate: null, LearningRateByKind: not { Count: >= 2 } } => $".{key} has neither learning-rate nor learning-rate-by-kind for cnn and vit",
        { Schedule.Gamma: not (> 0 and <= 10) } => $".{key}.schedule.gamma must be above 0 and at most 10",
        { Schedule.Milestones: var milestones } when milestones.Any(m => m < 0) => $".{key}.schedule.milestones must be at least 0",
        _ => Outside($".{key}.learning-rate", Limits.LearningRate, optimizer.LearningRate) ?? Outside($".{key}.learning-rate-by-kind", Limits.LearningRate, [.. optimizer.LearningRateByKind.Values])
            ?? Outside($".{key}.weight-decay", Limits.WeightDecay, optimizer.WeightDecay)
            ?? Outside($".{key}.schedule.every-iterations", Limits.Iterations, optimizer.Schedule.EveryIterations) ?? Outside($".{key}.schedule.epochs", Limits.Epochs, optimizer.Schedule.Epochs),
    };

    private static string? Outside<T>(string key, NumberRange<T> range, T? value)
        where T : struct, INumber<T> => value is { } number ? Outside(key, range, [number]) : null;

    private static string? Outside<T>(string key, NumberRange<T> range, T[] values)
        where T : INumber<T> => values.All(range.Holds) ? null : $"{key} must be {range}: {range.Why}";
}
