namespace MedBench.Claims.Claims;

/// <summary>What stands for a group of several cells.</summary>
public enum Take
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The cell with the largest mean.</summary>
    Best,
}
