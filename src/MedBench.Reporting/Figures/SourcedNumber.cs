namespace MedBench.Reporting.Figures;

/// <summary>A number that a figure draws, with where it comes from.</summary>
/// <param name="Value">Unrounded; metrics are fractions.</param>
/// <param name="Origin">Kind of place.</param>
/// <param name="Of">What it measures there; see <see cref="NumberOrigin"/>.</param>
/// <param name="Runs">Ids of the runs; empty for a printed number.</param>
public sealed record SourcedNumber(double Value, NumberOrigin Origin, string Of, IReadOnlyList<string> Runs);
