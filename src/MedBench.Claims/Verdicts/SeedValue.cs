namespace MedBench.Claims.Verdicts;

/// <summary>One run of ours.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Value">Final test value, a fraction.</param>
/// <param name="RunId">Folder in the results store.</param>
public sealed record SeedValue(long Seed, double Value, string RunId);
