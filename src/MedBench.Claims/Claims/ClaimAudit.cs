using System.ComponentModel;

namespace MedBench.Claims.Claims;

/// <summary>Of a claim on an audit: what is counted, and when the sentence is true.</summary>
public sealed record ClaimAudit
{
    /// <summary>What is counted.</summary>
    [Description("What is counted: images-in-groups (that show the same as another one) or groups-in-conflict (such images with different labels).")]
    public required AuditCount Count { get; init; }

    /// <summary>The count from which on the sentence is true, at least 1.</summary>
    [Description("The count from which on the sentence is true. 'There are any' is the least that its words can mean: 2 images, 1 group. Never a printed count with a tolerance.")]
    public required int AtLeast { get; init; }

    /// <summary>What the source prints; null for nothing. It decides nothing.</summary>
    [Description("What the source prints; it stands beside the count and decides nothing.")]
    public int? Printed { get; init; }
}
