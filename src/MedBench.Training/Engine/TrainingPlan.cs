using MedBench.Models.Cards;
using MedBench.Training.Recipes;

namespace MedBench.Training.Engine;

/// <summary>A recipe's method made concrete for one model, dataset and seed.</summary>
public sealed record TrainingPlan
{
    /// <summary>The method, with its optimisers, selection and patience.</summary>
    public required MethodRule Method { get; init; }

    /// <summary>CNN or ViT.</summary>
    public required EncoderKind EncoderKind { get; init; }

    /// <summary>Base learning rate of the encoder; null if it is not trained.</summary>
    public required double? EncoderRate { get; init; }

    /// <summary>Base learning rate of the classifier; null if it is not trained.</summary>
    public required double? ClassifierRate { get; init; }

    /// <summary>Images in a training batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Batches in an epoch.</summary>
    public required int IterationsPerEpoch { get; init; }

    /// <summary>Epochs, at most (a method with patience may stop earlier).</summary>
    public required int Epochs { get; init; }

    /// <summary>Images in an evaluation batch.</summary>
    public required int EvaluationBatchSize { get; init; }

    /// <summary>Seed of the initialisation, the order of the images and dropout.</summary>
    public required int Seed { get; init; }

    /// <summary>Works out the plan.</summary>
    /// <param name="recipe">The protocol.</param>
    /// <param name="method">One of its methods that trains.</param>
    /// <param name="model">The model.</param>
    /// <param name="trainingImages">Images in the training split.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="encoderRate">Replaces the recipe's encoder learning rate, for sweeps.</param>
    public static TrainingPlan Create(Recipe recipe, MethodRule method, ModelCard model, int trainingImages, int seed, double? encoderRate = null)
    {
        int batchSize = Math.Min(method.BatchSizeByModel.GetValueOrDefault(model.Name, method.BatchSize), trainingImages);
        int iterations = method.DropLast ? trainingImages / batchSize : (trainingImages + batchSize - 1) / batchSize;
        return new TrainingPlan
        {
            Method = method,
            EncoderKind = model.Kind,
            EncoderRate = method.Encoder is { } encoder ? encoderRate ?? encoder.RateFor(model.Kind) : null,
            ClassifierRate = method.Classifier?.RateFor(model.Kind),
            BatchSize = batchSize,
            IterationsPerEpoch = iterations,
            Epochs = method.Epochs ?? Math.Max(1, method.Iterations!.Value / iterations),
            EvaluationBatchSize = recipe.EvaluationBatchSize,
            Seed = seed,
        };
    }
}
