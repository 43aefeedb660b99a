using MedBench.Data.Preprocessing;

namespace MedBench.Training.Recipes;

/// <summary>How a recipe turns images into input tensors.</summary>
public sealed record InputRule
{
    /// <summary>The <see cref="Size"/> that leaves images as large as they are.</summary>
    public const string Native = "native";

    /// <summary>Side of the input in pixels, or <see cref="Native"/> for the dataset's own.</summary>
    public required string Size { get; init; }

    /// <summary>Models with another input size, by name.</summary>
    public Dictionary<string, int> SizeByModel { get; init; } = [];

    /// <summary>What is done with images of another size.</summary>
    public required ResizeMode Resize { get; init; }

    /// <summary>Pillow filter of <see cref="ResizeMode.Scale"/>.</summary>
    public required PillowFilter Filter { get; init; }

    /// <summary>Per-channel mean; null for the model's own.</summary>
    public float[]? Mean { get; init; }

    /// <summary>Per-channel standard deviation; null for the model's own.</summary>
    public float[]? Std { get; init; }
}
