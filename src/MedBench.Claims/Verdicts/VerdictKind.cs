namespace MedBench.Claims.Verdicts;

/// <summary>Every possible outcome for a cell.</summary>
public enum VerdictKind
{
    /// <summary>Two one-sided tests place the true difference inside the margin; or, for an exact value, it rounds to the printed one.</summary>
    Reproduced,

    /// <summary>The interval of the difference lies wholly outside the margin; or an exact value rounds otherwise.</summary>
    Deviates,

    /// <summary>The runs at hand cannot decide.</summary>
    Inconclusive,

    /// <summary>There is no published number to compare with.</summary>
    Unpublished,

    /// <summary>There is no run of ours.</summary>
    NotRun,

    /// <summary>It deviates, and the deviation is listed with its reason.</summary>
    KnownDeviation,

    /// <summary>It is reproduced although a deviation is listed: a failure, the entry must go.</summary>
    StaleKnownDeviation,
}
