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
    /// <param name="utf8">Its bytes; a byte-order mark is passed over.</param>
    /// <param name="file">Name to show in errors.</param>
    /// <exception cref="MedBenchException">Malformed, not UTF-8, or not of this form.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string file)
    {
        utf8 = TextFile.Checked(utf8, file);
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Options) ?? throw new JsonException("the document is null");
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is { } line ? $":{line + 1}" : "";
            throw new MedBenchException($"{file}{place}: {e.Message}", "correct the named key, or put the file back as it was written", e);
        }
    }

    /// <summary>As <see cref="Read{T}(ReadOnlySpan{byte}, string)"/>, of a file whose form has a version under the key <c>schema</c>: that is looked at before anything else.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="file">Name to show in errors.</param>
    /// <param name="oldest">Oldest schema that this version reads.</param>
    /// <param name="newest">Newest schema that this version reads.</param>
    /// <exception cref="MedBenchException">Of another schema, malformed, not UTF-8, or not of this form.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string file, int oldest, int newest)
    {
        SchemaNumber.Check(SchemaOf(TextFile.Checked(utf8, file)), oldest, newest, file, "put the file back as it was written");
        return Read<T>(utf8, file);
    }

    /// <summary>The text of <paramref name="value"/>, ending in a line break.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";

    private static long? SchemaOf(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            for (reader.Read(); reader.Read();)
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
                bool found = reader.ValueTextEquals("schema"u8);
                reader.Read();
                if (found) return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : null;
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a key is the second. The reader of the whole says where.
        }
        return null;
    }
}
