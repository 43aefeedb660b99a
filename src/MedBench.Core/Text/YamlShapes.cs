using System.Collections;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace MedBench.Core.Text;

/// <summary>Says where a value, a list or keys stand in place of each other: YamlDotNet speaks there of its own node deserializers and of .NET types. It reads nothing itself.</summary>
internal sealed class YamlShapes : INodeDeserializer
{
    private const string Value = "one value", List = "a list such as [a, b]", Keys = "keys with values such as {key: value}";

    public bool Deserialize(IParser reader, Type expectedType, Func<IParser, Type, object?> nestedObjectDeserializer, out object? value, ObjectDeserializer rootDeserializer)
    {
        value = null;
        string? found = reader.Current switch
        {
            // Of a key without a value its name is reported, once the document is read.
            Scalar scalar when !YamlPlaces.IsNull(scalar.Value, scalar.Style, scalar.Tag) => Value,
            SequenceStart => List,
            MappingStart => Keys,
            _ => null,
        };
        if (found is null || Wanted(Nullable.GetUnderlyingType(expectedType) ?? expectedType) is not { } wanted || wanted == found) return false;
        throw new YamlException(reader.Current!.Start, reader.Current.End, $"expected {wanted}, found {found}");
    }

    // Null for what may be anything.
    private static string? Wanted(Type type) => type switch
    {
        _ when type == typeof(object) => null,
        _ when type == typeof(string) || type.IsValueType => Value,
        _ when typeof(IDictionary).IsAssignableFrom(type) || type.GetInterfaces().Append(type).Any(IsDictionary) => Keys,
        _ when typeof(IEnumerable).IsAssignableFrom(type) => List,
        _ => Keys,
    };

    private static bool IsDictionary(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var form && (form == typeof(IDictionary<,>) || form == typeof(IReadOnlyDictionary<,>));
}
