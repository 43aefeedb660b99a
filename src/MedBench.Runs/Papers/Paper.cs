namespace MedBench.Runs.Papers;

/// <summary>A paper whose numbers are on record.</summary>
/// <param name="Name">Folder name, for example <c>yang2023</c>.</param>
/// <param name="Citation">In full.</param>
/// <param name="Caveat">What rides with every verdict on it; may be empty.</param>
public sealed record Paper(string Name, string Citation, string Caveat);
