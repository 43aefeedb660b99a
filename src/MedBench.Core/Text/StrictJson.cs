using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>JSON that refuses what it does not know: an unknown, missing, doubled or null key is an error that names file and key.</summary>
public static class StrictJson
{
    /// <summary>camelCase, enumerations in <see cref="Kebab"/>, indented, numbers that are not finite refused.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { Kebab.Json },
        NewLine = "\n",
    };

    /// <summary>Parses a whole file.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="file">Name to show in errors.</param>
    /// <exception cref="MedBenchException">Malformed, or not of this form.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Options) ?? throw new JsonException("the document is null");
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is { } line ? $":{line + 1}" : "";
            throw new MedBenchException($"{file}{place}: {e.Message}", "correct the named key, or delete the file if it can be made anew", e);
        }
    }

    /// <summary>The text of <paramref name="value"/>, ending in a line break.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";
}
