using System.Text.Json.Serialization;

namespace MedBench.Reporting.Model;

/// <summary>What a reader must see beside a number, because the number alone would say too much.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MarkKind>))]
public enum MarkKind
{
    /// <summary>Generated images: evidence for nothing.</summary>
    [JsonStringEnumMemberName("synthetic")]
    Synthetic,

    /// <summary>The model starts from formula or random weights where the paper starts from a checkpoint.</summary>
    [JsonStringEnumMemberName("other-weights")]
    OtherWeights,

    /// <summary>The protocol is not that of the paper's cell: another learning rate, part of the data, another variant.</summary>
    [JsonStringEnumMemberName("changed-protocol")]
    ChangedProtocol,

    /// <summary>Fewer seeds than the protocol asks for.</summary>
    [JsonStringEnumMemberName("few-seeds")]
    FewSeeds,

    /// <summary>Not all cells that the paper prints were run.</summary>
    [JsonStringEnumMemberName("partial-grid")]
    PartialGrid,

    /// <summary>There is no run.</summary>
    [JsonStringEnumMemberName("not-run")]
    NotRun,

    /// <summary>A claim has fewer cells than its stated minimum.</summary>
    [JsonStringEnumMemberName("minimum-not-met")]
    MinimumNotMet,

    /// <summary>Tested on a paper's printed table, not on runs of ours.</summary>
    [JsonStringEnumMemberName("published-numbers")]
    PublishedNumbers,

    /// <summary>A known fault of the data or of how the printed number was read.</summary>
    [JsonStringEnumMemberName("caveat")]
    Caveat,
}
