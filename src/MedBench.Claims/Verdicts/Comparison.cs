namespace MedBench.Claims.Verdicts;

/// <summary>What a comparison of two groups says.</summary>
public enum Saying
{
    /// <summary>The first is better.</summary>
    Better,

    /// <summary>The first gains nothing that would matter over the second.</summary>
    NoGain,

    /// <summary>Both are the same to within what matters.</summary>
    Equivalent,
}

/// <summary>A comparison with its limits, as fractions.</summary>
/// <param name="Saying">What it says.</param>
/// <param name="Effect">δ₀: the first is better only by more than this; at least 0.</param>
/// <param name="Practical">δ: the smallest difference that matters; above 0.</param>
public sealed record Comparison(Saying Saying, double Effect, double Practical);
