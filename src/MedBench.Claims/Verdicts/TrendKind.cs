using System.Text.Json.Serialization;

namespace MedBench.Claims.Verdicts;

/// <summary>Outcome of a claim about an ordering.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrendKind>))]
public enum TrendKind
{
    /// <summary>The data show the claimed order.</summary>
    [JsonStringEnumMemberName("holds")]
    Holds,

    /// <summary>The data show the opposite order.</summary>
    [JsonStringEnumMemberName("contradicted")]
    Contradicted,

    /// <summary>The data show neither, or there are too few cells.</summary>
    [JsonStringEnumMemberName("inconclusive")]
    Inconclusive,
}
