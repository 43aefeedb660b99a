using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedBench.Core.Text;

/// <summary>Identity of settings by their content.</summary>
public static class ContentHash
{
    private static readonly JsonSerializerOptions s_json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>SHA-256 over the JSON of <paramref name="value"/>'s public properties, in lower-case hex.</summary>
    public static string Of<T>(T value) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, s_json)));
}
