namespace MedBench.Data.Datasets;

/// <summary>What is known of one image besides its label.</summary>
/// <param name="Group">What it belongs to, for example its patient or lesion; not empty.</param>
/// <param name="Values">One a column of the table; may be empty texts.</param>
public sealed record GroupRow(string Group, IReadOnlyList<string> Values);
