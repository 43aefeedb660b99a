namespace MedBench.Runs.Store;

/// <summary>What a merge did.</summary>
/// <param name="Copied">Runs that were new.</param>
/// <param name="Present">Runs that were there already with the same outcome.</param>
/// <param name="Conflicts">Runs that were there with another outcome; they were left alone.</param>
public sealed record MergeReport(int Copied, int Present, IReadOnlyList<MergeConflict> Conflicts);
