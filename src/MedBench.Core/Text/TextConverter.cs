using System.Text.Json;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>A value that is written as one text, by its <see cref="object.ToString"/>, and read from it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public interface IText<T>
    where T : IText<T>
{
    /// <summary>Reads what <see cref="object.ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="MedBenchException">It is something else.</exception>
    static abstract T Parse(string text);
}

/// <summary>An <see cref="IText{T}"/> in JSON: a string.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class TextConverter<T> : JsonConverter<T>
    where T : IText<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();
        try
        {
            return T.Parse(text);
        }
        catch (MedBenchException e)
        {
            throw new JsonException($"{e.Message}; {e.Fix}", e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
