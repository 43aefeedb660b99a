namespace MedBench.Training.Recipes;

/// <summary>A paper's training protocol as data; see <c>Recipes/*.yaml</c>.</summary>
public sealed record Recipe
{
    /// <summary>The format that this version reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Version of the file format; 1.</summary>
    public required int Schema { get; init; }

    /// <summary>Short name, as in <c>--recipe</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The paper whose protocol this varies, and with whose numbers its runs are compared; null for a paper's own, which is called like the paper.</summary>
    public string? Paper { get; init; }

    /// <summary>Authors and year, for reports.</summary>
    public required string Title { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>MedMNIST size in pixels that the paper uses where the user names none.</summary>
    public required int DatasetSize { get; init; }

    /// <summary>Seeds of the paper's runs.</summary>
    public required int[] Seeds { get; init; }

    /// <summary>Outputs for a two-class dataset: 1 (sigmoid, BCE) or 2 (softmax, cross-entropy).</summary>
    public required int BinaryOutputs { get; init; }

    /// <summary>How images become input tensors.</summary>
    public required InputRule Input { get; init; }

    /// <summary>Images in a batch when evaluating; matters to a validation loss that is a mean over batches.</summary>
    public required int EvaluationBatchSize { get; init; }

    /// <summary>
    /// float32 as the paper's code computes it on CUDA: <c>fp32-strict</c> where the code turns cuDNN or TF32 off, else <c>tf32-convolutions</c>, PyTorch's default.
    /// On a CPU float32 is float32. Not part of the protocol's hash: what was effectively used is part of a run's identity.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Tf32Convolutions;

    /// <summary>Protocol by method (<c>linear-probing</c>) or method and variant (<c>end-to-end/as-released</c>).</summary>
    public required Dictionary<string, MethodRule> Methods { get; init; }
}
