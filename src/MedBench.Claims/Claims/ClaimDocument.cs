using System.ComponentModel;

namespace MedBench.Claims.Claims;

/// <summary>A file <c>expected-results/PAPER/claims.yaml</c>.</summary>
public sealed record ClaimDocument
{
    /// <summary>The format that this version reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Version of the file format: 1.</summary>
    [Description("Version of the file format: 1.")]
    public required int Schema { get; init; }

    /// <summary>The paper that makes the claims.</summary>
    [Description("The paper that makes the claims: a folder of expected-results.")]
    public required string Paper { get; init; }

    /// <summary>The claims.</summary>
    [Description("The claims.")]
    public required ClaimEntry[] Claims { get; init; }
}
