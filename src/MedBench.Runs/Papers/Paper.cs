using MedBench.Data.Datasets;

namespace MedBench.Runs.Papers;

/// <summary>A paper whose numbers are on record.</summary>
/// <param name="Name">Folder name, for example <c>yang2023</c>.</param>
/// <param name="Citation">In full.</param>
/// <param name="Caveat">What rides with every verdict on it; may be empty.</param>
/// <param name="Datasets">What it was run on: <c>all</c> in its experiments and claims stands for these.</param>
public sealed record Paper(string Name, string Citation, string Caveat, IReadOnlyList<DatasetCard> Datasets);
