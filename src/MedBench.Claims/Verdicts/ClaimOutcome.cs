using System.Text.Json.Serialization;

namespace MedBench.Claims.Verdicts;

/// <summary>What the evidence says about a claim.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimOutcome>))]
public enum ClaimOutcome
{
    /// <summary>It is as claimed.</summary>
    [JsonStringEnumMemberName("holds")]
    Holds,

    /// <summary>It is otherwise than claimed.</summary>
    [JsonStringEnumMemberName("contradicted")]
    Contradicted,

    /// <summary>There is evidence, but it does not decide.</summary>
    [JsonStringEnumMemberName("inconclusive")]
    Inconclusive,

    /// <summary>There is no run of ours.</summary>
    [JsonStringEnumMemberName("not-run")]
    NotRun,

    /// <summary>The paper's numbers are not on record.</summary>
    [JsonStringEnumMemberName("unpublished")]
    Unpublished,
}
