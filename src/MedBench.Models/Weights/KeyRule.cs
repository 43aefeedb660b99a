namespace MedBench.Models.Weights;

/// <summary>One rule of a <see cref="KeyRemap"/>: exactly one of <see cref="Prefix"/> and <see cref="Pattern"/>, and exactly one of <see cref="To"/> and <see cref="Drop"/>.</summary>
public sealed record KeyRule
{
    /// <summary>Applies to keys that begin with this text, for example <c>visual.trunk.</c>.</summary>
    public string? Prefix { get; init; }

    /// <summary>Applies where this regular expression matches, for example <c>^(?!visual\.)</c> for all but one part.</summary>
    public string? Pattern { get; init; }

    /// <summary>What stands in place of the prefix or of each match; <c>$1</c> is a pattern's first group.</summary>
    public string? To { get; init; }

    /// <summary>Leaves the tensor out.</summary>
    public bool Drop { get; init; }
}
