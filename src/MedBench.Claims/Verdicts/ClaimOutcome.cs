namespace MedBench.Claims.Verdicts;

/// <summary>What the evidence says about a claim.</summary>
public enum ClaimOutcome
{
    /// <summary>It is as claimed.</summary>
    Holds,

    /// <summary>It is otherwise than claimed.</summary>
    Contradicted,

    /// <summary>Both groups are the same to within what matters: the 90 % interval of the difference lies inside.</summary>
    Equivalent,

    /// <summary>A gain that would matter is excluded: the upper 95 % limit lies below it.</summary>
    NoGain,

    /// <summary>On other people's numbers: as claimed.</summary>
    Seen,

    /// <summary>On other people's numbers: equivalent, or no gain.</summary>
    NotSeen,

    /// <summary>On other people's numbers: the other group is better.</summary>
    Opposite,

    /// <summary>The printed numbers hold, on average where there are several.</summary>
    Reproduced,

    /// <summary>The printed numbers are off on average, by more than half of the margin.</summary>
    Biased,

    /// <summary>The one printed number deviates beyond the margin.</summary>
    Deviates,

    /// <summary>The one printed number lies where it could, though it is not shown to be equal within the margin.</summary>
    Consistent,

    /// <summary>The one printed number lies outside of where it should, though not shown to be beyond the margin.</summary>
    Inconsistent,

    /// <summary>There is evidence, but it does not decide.</summary>
    Inconclusive,

    /// <summary>There is no run of ours.</summary>
    NotRun,

    /// <summary>The paper's numbers are not on record.</summary>
    Unpublished,
}

/// <summary>Questions that an outcome answers.</summary>
public static class ClaimOutcomes
{
    /// <summary>Whether the evidence says something either way.</summary>
    public static bool IsDecided(this ClaimOutcome outcome) => outcome < ClaimOutcome.Inconclusive;

    /// <summary>Whether it is decided, and not only compatible with what is printed or the reverse: a test of it may pass.</summary>
    public static bool IsFirm(this ClaimOutcome outcome) => outcome.IsDecided() && outcome is not (ClaimOutcome.Consistent or ClaimOutcome.Inconsistent);

    /// <summary>The outcome on numbers that somebody else's protocol made: never a contradiction.</summary>
    public static ClaimOutcome Transferred(this ClaimOutcome outcome) => outcome switch
    {
        ClaimOutcome.Holds => ClaimOutcome.Seen,
        ClaimOutcome.NoGain or ClaimOutcome.Equivalent => ClaimOutcome.NotSeen,
        ClaimOutcome.Contradicted => ClaimOutcome.Opposite,
        _ => outcome,
    };
}
