namespace MedBench.Data.Datasets;

/// <summary>Number of images per split.</summary>
/// <param name="Train">Training images.</param>
/// <param name="Validation">Validation images.</param>
/// <param name="Test">Test images.</param>
public sealed record SplitCounts(int Train, int Validation, int Test)
{
    /// <summary>The count of one split.</summary>
    public int this[Split split] => split switch
    {
        Split.Train => Train,
        Split.Validation => Validation,
        Split.Test => Test,
        _ => throw new ArgumentOutOfRangeException(nameof(split)),
    };
}
