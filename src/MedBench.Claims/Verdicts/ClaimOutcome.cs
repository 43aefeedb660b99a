namespace MedBench.Claims.Verdicts;

/// <summary>What the evidence says about a claim.</summary>
public enum ClaimOutcome
{
    /// <summary>It is as claimed.</summary>
    Holds,

    /// <summary>It is otherwise than claimed.</summary>
    Contradicted,

    /// <summary>There is evidence, but it does not decide.</summary>
    Inconclusive,

    /// <summary>There is no run of ours.</summary>
    NotRun,

    /// <summary>The paper's numbers are not on record.</summary>
    Unpublished,
}
