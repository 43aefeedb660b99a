namespace MedBench.Claims.Snapshots;

/// <summary>One thing in which a claim is otherwise than accepted.</summary>
/// <param name="Where">Cell or property.</param>
/// <param name="Message">What was accepted, what there is now, and how far off it is.</param>
public sealed record SnapshotDifference(string Where, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Message}";
}
