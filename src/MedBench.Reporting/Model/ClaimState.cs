using System.Text.Json.Serialization;

namespace MedBench.Reporting.Model;

/// <summary>What a report says of a claim.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimState>))]
public enum ClaimState
{
    /// <summary>The cells show it.</summary>
    [JsonStringEnumMemberName("holds")]
    Holds,

    /// <summary>The cells show the opposite.</summary>
    [JsonStringEnumMemberName("contradicted")]
    Contradicted,

    /// <summary>The cells show neither.</summary>
    [JsonStringEnumMemberName("inconclusive")]
    Inconclusive,

    /// <summary>There are no cells, or fewer than the claim's minimum.</summary>
    [JsonStringEnumMemberName("not-decided")]
    NotDecided,
}
