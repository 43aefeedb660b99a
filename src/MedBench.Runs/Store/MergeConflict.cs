namespace MedBench.Runs.Store;

/// <summary>Two runs with the same identity and another outcome.</summary>
/// <param name="Kept">Folder of the one that is in the store.</param>
/// <param name="Other">Folder of the one that is not.</param>
/// <param name="Difference">What differs, in words.</param>
public sealed record MergeConflict(string Kept, string Other, string Difference);
