using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>One image of a dataset, written <c>test/12</c>.</summary>
/// <param name="Split">Its split.</param>
/// <param name="Index">Its place in the split, from 0.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct ImageRef(Split Split, int Index) : IComparable<ImageRef>
{
    /// <summary>Every image of a dataset, by split, then by place.</summary>
    public static IEnumerable<ImageRef> All(SplitCounts counts) =>
        Enum.GetValues<Split>().SelectMany(split => Enumerable.Range(0, counts[split]).Select(i => new ImageRef(split, i)));

    /// <summary>By split, then by place.</summary>
    public int CompareTo(ImageRef other) => (Split, Index).CompareTo((other.Split, other.Index));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ImageDataset.Prefixes[Split]}/{Index}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static ImageRef Parse(string text) =>
        text.Split('/') is [var prefix, var index] && ImageDataset.Prefixes.FirstOrDefault(p => p.Value == prefix) is { Value: not null } split
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int place)
            ? new ImageRef(split.Key, place)
            : throw new FormatException($"'{text}' is no image; write a split and a place, such as test/12");

    private sealed class Converter : JsonConverter<ImageRef>
    {
        public override ImageRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Parse(reader.GetString() ?? "");
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException)
            {
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, ImageRef value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
