using System.Security.Cryptography;
using System.Text.Json;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;

namespace MedBench.Training.Features;

/// <summary>Everything that features depend on.</summary>
/// <param name="DatasetMd5">Checksum of the dataset's file.</param>
/// <param name="Split">Which part of it.</param>
/// <param name="Subset">Name of the subset, or null for the whole split.</param>
/// <param name="Model">Model name.</param>
/// <param name="Weights">Identity of its weights.</param>
/// <param name="Input">Preprocessing.</param>
/// <param name="Precision">Arithmetic, for example <c>float32</c>.</param>
public sealed record FeatureKey(string DatasetMd5, Split Split, string? Subset, string Model, string Weights, InputPipelineOptions Input, string Precision)
{
    /// <summary>SHA-256 over all fields and <paramref name="version"/>, in lower-case hex.</summary>
    internal string Id(int version) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { version, key = this })));
}
