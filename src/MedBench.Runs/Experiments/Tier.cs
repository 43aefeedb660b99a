using System.Text.Json.Serialization;

namespace MedBench.Runs.Experiments;

/// <summary>What a cell asks of a machine. Each tier includes those before it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Tier>))]
public enum Tier
{
    /// <summary>Seconds on a laptop, on generated images: no evidence for any paper.</summary>
    [JsonStringEnumMemberName("demo")]
    Demo,

    /// <summary>Hours at most on a few CPU cores.</summary>
    [JsonStringEnumMemberName("cpu")]
    Cpu,

    /// <summary>Hours on one GPU.</summary>
    [JsonStringEnumMemberName("gpu")]
    Gpu,

    /// <summary>All that the paper ran.</summary>
    [JsonStringEnumMemberName("full")]
    Full,
}
