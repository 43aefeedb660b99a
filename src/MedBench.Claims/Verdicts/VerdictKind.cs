using System.Text.Json.Serialization;

namespace MedBench.Claims.Verdicts;

/// <summary>Every possible outcome for a cell.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VerdictKind>))]
public enum VerdictKind
{
    /// <summary>Two one-sided tests place the true difference inside the margin; or, for an exact value, it rounds to the printed one.</summary>
    [JsonStringEnumMemberName("reproduced")]
    Reproduced,

    /// <summary>The interval of the difference lies wholly outside the margin; or an exact value rounds otherwise.</summary>
    [JsonStringEnumMemberName("deviates")]
    Deviates,

    /// <summary>The runs at hand cannot decide.</summary>
    [JsonStringEnumMemberName("inconclusive")]
    Inconclusive,

    /// <summary>There is no published number to compare with.</summary>
    [JsonStringEnumMemberName("unpublished")]
    Unpublished,

    /// <summary>There is no run of ours.</summary>
    [JsonStringEnumMemberName("not-run")]
    NotRun,

    /// <summary>It deviates, and the deviation is listed with its reason.</summary>
    [JsonStringEnumMemberName("known-deviation")]
    KnownDeviation,

    /// <summary>It is reproduced although a deviation is listed: a failure, the entry must go.</summary>
    [JsonStringEnumMemberName("stale-known-deviation")]
    StaleKnownDeviation,
}
