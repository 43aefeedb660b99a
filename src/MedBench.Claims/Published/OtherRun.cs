namespace MedBench.Claims.Published;

/// <summary>One run that somebody else made.</summary>
/// <param name="Seed">Its seed, or its number where no seed is on record.</param>
/// <param name="Value">Test value, a fraction in [0, 1].</param>
/// <param name="Source">Repository and commit, or DOI.</param>
/// <param name="Location">File and line it comes from.</param>
public sealed record OtherRun(int Seed, double Value, string Source, string Location);
