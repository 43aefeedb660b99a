using System.Text.Json.Serialization;

namespace MedBench.Claims.Claims;

/// <summary>What a claim says, and so how it is tested.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimKind>))]
public enum ClaimKind
{
    /// <summary>Each of these published numbers holds.</summary>
    [JsonStringEnumMemberName("cells")]
    Cells,

    /// <summary>This one published number holds.</summary>
    [JsonStringEnumMemberName("cell")]
    Cell,

    /// <summary>The first group beats the second (Wilcoxon signed-rank, probability of improvement).</summary>
    [JsonStringEnumMemberName("paired")]
    Paired,

    /// <summary>It grows along these conditions (Page).</summary>
    [JsonStringEnumMemberName("ordered")]
    Ordered,

    /// <summary>One setting of a sweep is the best (bootstrap share of wins).</summary>
    [JsonStringEnumMemberName("arg-max")]
    ArgMax,
}
