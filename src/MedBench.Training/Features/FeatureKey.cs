using System.Text.Json;
using System.Text.Json.Serialization;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;

namespace MedBench.Training.Features;

/// <summary>Everything that features depend on.</summary>
/// <param name="DatasetMd5">Checksum of the dataset's file.</param>
/// <param name="Split">Which part of it.</param>
/// <param name="Subset">Which images of the split: <c>all</c>, or the name of a subset.</param>
/// <param name="Model">Model name.</param>
/// <param name="Weights">Identity of its weights.</param>
/// <param name="Input">Preprocessing.</param>
/// <param name="Precision">Arithmetic: the precision, and the device where that is not the CPU, for example <c>float32</c> or <c>float32 on cuda</c>.</param>
/// <param name="Layer">Which output of the encoder.</param>
public sealed record FeatureKey(
    string DatasetMd5,
    Split Split,
    string Subset,
    string Model,
    string Weights,
    InputPipelineOptions Input,
    string Precision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] FeatureLayer Layer = FeatureLayer.PreLogits)
{
    /// <summary>All fields for the notes of a file: ASCII, one line.</summary>
    [JsonIgnore]
    internal string Source => JsonSerializer.Serialize(this);

    /// <summary>SHA-256 over all fields and <paramref name="version"/>, in lower-case hex.</summary>
    internal string Id(int version) => ContentHash.Of(new { version, key = this });
}
