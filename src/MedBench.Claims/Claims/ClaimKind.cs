namespace MedBench.Claims.Claims;

/// <summary>What a claim says, and so how it is tested.</summary>
public enum ClaimKind
{
    /// <summary>Each of these published numbers holds.</summary>
    Cells,

    /// <summary>This one published number holds.</summary>
    Cell,

    /// <summary>The first group beats the second (paired mean difference with its t interval).</summary>
    Paired,

    /// <summary>It grows along these conditions (Page).</summary>
    Ordered,

    /// <summary>One setting of a sweep is the best (one-sided t tests against every other one).</summary>
    ArgMax,

    /// <summary>A data file holds such images (counted in its audit).</summary>
    Audit,
}
