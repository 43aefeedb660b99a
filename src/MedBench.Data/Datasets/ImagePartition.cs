namespace MedBench.Data.Datasets;

/// <summary>The images of a split, told apart.</summary>
/// <param name="By">Name of what tells them apart.</param>
/// <param name="Values">The parts, none of them empty.</param>
/// <param name="PartOf">For each image the place of its part.</param>
public sealed record ImagePartition(string By, IReadOnlyList<string> Values, IReadOnlyList<int> PartOf);
