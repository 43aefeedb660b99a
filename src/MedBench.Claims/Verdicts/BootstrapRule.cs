namespace MedBench.Claims.Verdicts;

/// <summary>Settings of the bootstrap.</summary>
/// <param name="Resamples">Draws.</param>
/// <param name="Seed">Seed of the draws.</param>
public sealed record BootstrapRule(int Resamples, int Seed);
