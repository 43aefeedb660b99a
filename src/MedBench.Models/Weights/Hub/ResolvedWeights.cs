namespace MedBench.Models.Weights.Hub;

/// <summary>A checkpoint on this machine.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Of its content, computed just now, lower-case hex: what identifies the weights of a run.</param>
/// <param name="Origin">Where it was found.</param>
public sealed record ResolvedWeights(string Path, string Sha256, WeightOrigin Origin);
