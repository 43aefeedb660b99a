using System.ComponentModel;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>One way in which a claim can be meant; what it names takes the place of the claim's own.</summary>
public sealed record ClaimCase
{
    /// <summary>Appended to the claim's id.</summary>
    [Description("Appended to the claim's id, of [a-z0-9/.-].")]
    public required string Id { get; init; }

    /// <summary>Added to the claim's.</summary>
    [Description("Added to the claim's own; a key that both name is this one's.")]
    public CellSelector? Where { get; init; }

    /// <summary>In place of the claim's.</summary>
    [Description("In place of the claim's.")]
    public CellSelector? First { get; init; }

    /// <summary>In place of the claim's.</summary>
    [Description("In place of the claim's.")]
    public CellSelector? Second { get; init; }

    /// <summary>In place of the claim's.</summary>
    [Description("In place of the claim's.")]
    public CellSelector[]? Conditions { get; init; }

    /// <summary>In place of the claim's.</summary>
    [Description("In place of the claim's.")]
    public CellSelector? Best { get; init; }

    /// <summary>In place of the claim's.</summary>
    [Description("In place of the claim's.")]
    public TestedWeights? Weights { get; init; }

    /// <summary>In place of the claim's.</summary>
    [Description("In place of the claim's.")]
    public string? Evidence { get; init; }

    /// <summary>The claim in this case.</summary>
    internal ClaimEntry Of(ClaimEntry claim) => claim with
    {
        Id = $"{claim.Id}/{Id}",
        Cases = [],
        Where = claim.Where.With(Where),
        First = First ?? claim.First,
        Second = Second ?? claim.Second,
        Conditions = Conditions ?? claim.Conditions,
        Best = Best ?? claim.Best,
        Weights = Weights ?? claim.Weights,
        Evidence = Evidence ?? claim.Evidence,
    };
}
