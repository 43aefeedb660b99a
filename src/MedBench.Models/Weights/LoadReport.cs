namespace MedBench.Models.Weights;

/// <summary>What a load did. Keys are the module's, but for those that only the checkpoint has.</summary>
/// <param name="Path">The checkpoint.</param>
/// <param name="Loaded">Filled from the file.</param>
/// <param name="Converted">Those of <paramref name="Loaded"/> whose element type was another one in the file.</param>
/// <param name="Adapted">Those of <paramref name="Loaded"/> whose shape was another one in the file.</param>
/// <param name="Kept">Left as they were: replaced parts, and what the file lacks and may lack.</param>
/// <param name="Ignored">The checkpoint's keys (after renaming) that were not used: replaced parts, and, if not strict, unexpected ones.</param>
/// <param name="Dropped">The checkpoint's keys that a rule left out.</param>
public sealed record LoadReport(
    string Path, IReadOnlyList<string> Loaded, IReadOnlyList<string> Converted, IReadOnlyList<string> Adapted, IReadOnlyList<string> Kept, IReadOnlyList<string> Ignored, IReadOnlyList<string> Dropped);
