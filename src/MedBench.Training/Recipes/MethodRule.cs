using System.Text.Json.Serialization;

namespace MedBench.Training.Recipes;

/// <summary>One method of a recipe: what is trained, how long, and which weights are tested.</summary>
public sealed record MethodRule
{
    /// <summary>k of a k-NN; null for methods that train.</summary>
    public int? Neighbours { get; init; }

    /// <summary>The encoder's optimiser; null leaves the encoder as it is.</summary>
    public OptimizerRule? Encoder { get; init; }

    /// <summary>The classifier's optimiser; null leaves the classifier as it is.</summary>
    public OptimizerRule? Classifier { get; init; }

    /// <summary>Mode of an encoder that is not trained.</summary>
    public FrozenEncoderMode FrozenEncoder { get; init; }

    /// <summary>The head that is trained instead of the model's own linear classifier; null for that classifier.</summary>
    /// <remarks>Not written where null: the identity of methods that have none is that of the time before there were heads.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HeadRule? Head { get; init; }

    /// <summary>Images in a training batch; the whole training split if that has fewer.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Models with another batch size, by name.</summary>
    public Dictionary<string, int> BatchSizeByModel { get; init; } = [];

    /// <summary>Whether an incomplete last batch of an epoch is left out.</summary>
    public bool DropLast { get; init; }

    /// <summary>Length in epochs; null where <see cref="Iterations"/> says it.</summary>
    public int? Epochs { get; init; }

    /// <summary>Length in iterations, cut to whole epochs.</summary>
    public int? Iterations { get; init; }

    /// <summary>Stop after this many evaluations without a better one; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>Which weights are tested.</summary>
    public SelectionRule? Selection { get; init; }
}
