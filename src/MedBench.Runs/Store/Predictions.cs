namespace MedBench.Runs.Store;

/// <summary>Scores and labels of one split, in the order of the data file.</summary>
/// <param name="Split"><c>train</c>, <c>val</c> or <c>test</c>.</param>
/// <param name="Scores">Probabilities, count × width, row by row.</param>
/// <param name="Labels">Count × label width, row by row.</param>
/// <param name="Count">Images.</param>
/// <param name="Moves">Of k-NN, count × label width: the smallest relative move of the distances that turns the answer, infinite where none of the neighbours at hand can; null for others, and in files from before it was kept.</param>
public sealed record Predictions(string Split, float[] Scores, int[] Labels, int Count, float[]? Moves = null)
{
    /// <summary>Scores an image.</summary>
    public int Width => Scores.Length / Count;

    /// <summary>Labels an image.</summary>
    public int LabelWidth => Labels.Length / Count;
}
