namespace MedBench.Claims.Verdicts;

/// <summary>Outcome of a claim about an ordering.</summary>
public enum TrendKind
{
    /// <summary>The data show the claimed order.</summary>
    Holds,

    /// <summary>The data show the opposite order.</summary>
    Contradicted,

    /// <summary>The data show neither, or there are too few cells.</summary>
    Inconclusive,
}
