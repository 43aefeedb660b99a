namespace MedBench.ClaimTests.Requirements;

/// <summary>What can stand between a test and its decision.</summary>
public enum Requirement
{
    /// <summary>The data file is missing.</summary>
    Data,

    /// <summary>The published checkpoint is missing.</summary>
    Weights,

    /// <summary>It would take a GPU.</summary>
    Gpu,

    /// <summary>It takes longer than this test run may.</summary>
    Time,

    /// <summary>The record was made by another processor, whose last bits are others.</summary>
    Processor,

    /// <summary>There are runs, but too few or too noisy to decide.</summary>
    Evidence,

    /// <summary>No experiment declares it: the protocol is not on board.</summary>
    Protocol,

    /// <summary>The paper's numbers are not on record.</summary>
    Numbers,
}
