namespace MedBench.Claims.Snapshots;

/// <summary>One thing in which a claim is otherwise than accepted.</summary>
/// <param name="Where">Cell or property.</param>
/// <param name="Message">What was accepted, what there is now, and how far off it is.</param>
/// <param name="IsLack">There is less than was accepted, but nothing that speaks against it: runs are missing.</param>
public sealed record SnapshotDifference(string Where, string Message, bool IsLack = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Message}";
}
