namespace MedBench.Reporting.Model;

/// <summary>What a report says of a claim.</summary>
public enum ClaimState
{
    /// <summary>The cells show it.</summary>
    Holds,

    /// <summary>The cells show the opposite.</summary>
    Contradicted,

    /// <summary>The cells show neither.</summary>
    Inconclusive,

    /// <summary>There are no cells, or fewer than the claim's minimum.</summary>
    NotDecided,
}
