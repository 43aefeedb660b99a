using MedBench.Claims.Claims;

namespace MedBench.Claims.Snapshots;

/// <summary>A claim beside its snapshot.</summary>
/// <param name="Verdict">What the evidence says now.</param>
/// <param name="Now">As a snapshot.</param>
/// <param name="Accepted">The accepted one; null if there is none.</param>
/// <param name="Differences">Empty if it passes; one that says so if nothing was accepted yet.</param>
public sealed record SnapshotCheck(ClaimVerdict Verdict, ClaimSnapshot Now, ClaimSnapshot? Accepted, IReadOnlyList<SnapshotDifference> Differences)
{
    /// <summary>Whether the claim is as accepted.</summary>
    public bool Passes => Differences.Count == 0;

    /// <summary>Compares a verdict with what was accepted.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="folder">Where snapshots are.</param>
    /// <param name="maker">Makes the new one.</param>
    public static SnapshotCheck Of(ClaimVerdict verdict, SnapshotFolder folder, SnapshotMaker maker)
    {
        var (now, accepted) = (maker.Of(verdict), folder.Read(verdict.Id));
        return new SnapshotCheck(verdict, now, accepted, accepted is null
            ? [new SnapshotDifference(verdict.Id, "no snapshot has been accepted yet")]
            : SnapshotComparer.Compare(now, accepted));
    }
}
