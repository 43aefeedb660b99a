namespace MedBench.Runs.Experiments;

/// <summary>What a cell can lack.</summary>
public enum ObstacleKind
{
    /// <summary>The data file.</summary>
    Data,

    /// <summary>The published checkpoint.</summary>
    Weights,
}
