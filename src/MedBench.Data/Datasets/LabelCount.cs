namespace MedBench.Data.Datasets;

/// <summary>How many images of each split carry a label.</summary>
/// <param name="Label">Class or finding.</param>
/// <param name="Images">Images per split.</param>
public sealed record LabelCount(string Label, SplitCounts Images);
