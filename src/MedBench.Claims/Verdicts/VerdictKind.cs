namespace MedBench.Claims.Verdicts;

/// <summary>Every possible outcome for a cell.</summary>
public enum VerdictKind
{
    /// <summary>Two one-sided tests place the true difference inside the margin; or, for a deterministic value, the printed one rounds from it.</summary>
    Reproduced,

    /// <summary>The interval of the difference lies wholly outside the margin; or a deterministic value rounds otherwise.</summary>
    Deviates,

    /// <summary>Neither, and the printed number lies where a mean of as many runs of ours would lie: compatible, shown with the shift that would have been noticed.</summary>
    Consistent,

    /// <summary>Neither, and the printed number lies elsewhere: different, though not shown to be so beyond the margin. A warning.</summary>
    Inconsistent,

    /// <summary>No spread between seeds is known: one run, and nothing to borrow from.</summary>
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
