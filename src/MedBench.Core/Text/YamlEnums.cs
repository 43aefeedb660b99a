using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace MedBench.Core.Text;

/// <summary>Enumerations by their names alone: YamlDotNet's own reading takes any number for one, too.</summary>
internal sealed class YamlEnums : IYamlTypeConverter
{
    public bool Accepts(Type type) => Underlying(type).IsEnum;

    public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        var scalar = parser.Consume<Scalar>();
        string[] names = Enum.GetNames(Underlying(type));
        // What is one word to its users is written as one: adamw, adam-w.
        return names.FirstOrDefault(n => Kebab.Of(n) == scalar.Value || string.Equals(n, scalar.Value, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse(Underlying(type), name)
            : throw new YamlException(scalar.Start, scalar.End, $"'{scalar.Value}' is none of {string.Join(", ", names.Select(Kebab.Of))}");
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException("YAML is only read");

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
