using MedBench.Models.Cards;

namespace MedBench.Training.Recipes;

/// <summary>One optimiser of a recipe.</summary>
public sealed record OptimizerRule
{
    /// <summary>Adam or AdamW.</summary>
    public required OptimizerAlgorithm Algorithm { get; init; }

    /// <summary>Learning rate; null where <see cref="LearningRateByKind"/> says it.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Learning rate for CNNs and for ViTs.</summary>
    public Dictionary<EncoderKind, double> LearningRateByKind { get; init; } = [];

    /// <summary>Weight decay.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>How the learning rate changes.</summary>
    public required ScheduleRule Schedule { get; init; }

    /// <summary>The learning rate for a model of <paramref name="kind"/>.</summary>
    public double RateFor(EncoderKind kind) => LearningRate ?? LearningRateByKind[kind];
}
