using System.Text.Json.Serialization;

namespace MedBench.Cli.Bench;

/// <summary>Something that is timed, in terms that the peer script understands as well.</summary>
/// <param name="Name">Which work: <c>gemm</c>, <c>forward</c>, <c>step</c>, <c>optimizer</c>, <c>probe-step</c>, <c>pipeline</c> or <c>probe</c>.</param>
/// <param name="Subject">Of what: a model, or images.</param>
internal sealed record BenchWork(string Name, string Subject)
{
    /// <summary>Input side in pixels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Size { get; init; }

    /// <summary>Images at a time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Batch { get; init; }

    /// <summary>Side in pixels of the images that are resized.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Source { get; init; }

    /// <summary>Training images of a probe.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Images { get; init; }

    /// <summary>Width of a probe's features.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Width { get; init; }

    /// <summary>Outputs of a probe.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Classes { get; init; }

    /// <summary>Iterations of a probe.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Iterations { get; init; }
}
