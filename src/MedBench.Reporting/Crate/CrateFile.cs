namespace MedBench.Reporting.Crate;

/// <summary>A file of the crate.</summary>
/// <param name="Path">Below the crate's folder, with forward slashes.</param>
/// <param name="About">What it holds, in a sentence.</param>
/// <param name="Format">Its media type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record CrateFile(string Path, string About, string Format, byte[] Content);
