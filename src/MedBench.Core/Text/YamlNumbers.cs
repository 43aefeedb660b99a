using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace MedBench.Core.Text;

/// <summary>Numbers as <see cref="Numbers"/> reads them: YAML 1.1 takes 010 for 8, 1:30 for 90, 1_0 for 10 and .inf for infinity.</summary>
internal sealed class YamlNumbers : IYamlTypeConverter
{
    private static readonly Type[] s_types = [typeof(int), typeof(long), typeof(float), typeof(double)];

    public bool Accepts(Type type) => s_types.Contains(Underlying(type));

    public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        var scalar = parser.Consume<Scalar>();
        // A key without a value is reported by its name, once the document is read.
        if (YamlPlaces.IsNull(scalar.Value, scalar.Style, scalar.Tag)) return type == Underlying(type) ? Activator.CreateInstance(type) : null;
        var wanted = Underlying(type);
        bool whole = wanted == typeof(int) || wanted == typeof(long);
        object? value = wanted switch
        {
            _ when wanted == typeof(int) => Numbers.Integer(scalar.Value) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null,
            _ when wanted == typeof(long) => Numbers.Integer(scalar.Value) is > long.MinValue and < long.MaxValue and var number ? number : null,
            _ when wanted == typeof(float) => Numbers.Decimal(scalar.Value) is { } number && float.IsFinite((float)number) ? (float)number : null,
            _ => Numbers.Decimal(scalar.Value) is { } number && double.IsFinite(number) ? number : null,
        };
        return value ?? throw new YamlException(scalar.Start, scalar.End, $"'{scalar.Value}' is not a {(whole ? "whole " : "")}number in plain decimal; {Numbers.Advice(scalar.Value, whole)}");
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException("YAML is only read");

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
