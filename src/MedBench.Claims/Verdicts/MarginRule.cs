namespace MedBench.Claims.Verdicts;

/// <summary>A margin and where it comes from.</summary>
/// <param name="Value">Fraction: 0.01 is one point.</param>
/// <param name="Origin">One sentence.</param>
public sealed record MarginRule(double Value, string Origin);
