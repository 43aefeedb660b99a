using System.Text.Json.Serialization;

namespace MedBench.Reporting.Figures;

/// <summary>Where a drawn number can be looked up again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NumberOrigin>))]
public enum NumberOrigin
{
    /// <summary>One run's metric; <see cref="SourcedNumber.Of"/> is for example <c>test/acc</c>.</summary>
    [JsonStringEnumMemberName("run")]
    Run,

    /// <summary>The mean of that metric over the runs.</summary>
    [JsonStringEnumMemberName("mean")]
    Mean,

    /// <summary>A printed number; <see cref="SourcedNumber.Of"/> is its cell.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>An evaluation during training; <see cref="SourcedNumber.Of"/> is for example <c>val/loss@12</c>, the epoch from 1.</summary>
    [JsonStringEnumMemberName("evaluation")]
    Evaluation,

    /// <summary>Counted from the runs' <c>predictions.npz</c> or from their per-class counts.</summary>
    [JsonStringEnumMemberName("predictions")]
    Predictions,

    /// <summary>Computed from the verdicts of the whole report.</summary>
    [JsonStringEnumMemberName("verdicts")]
    Verdicts,
}
