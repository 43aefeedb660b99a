using MedBench.Core.Errors;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MedBench.Core.Text;

/// <summary>
/// YAML that refuses what it does not know: an unknown, missing, doubled or empty key is an error that names file, line and
/// column. Keys are hyphenated, numbers plain decimal (<see cref="Numbers"/>).
/// </summary>
public static class StrictYaml
{
    private static readonly IDeserializer s_deserializer = new DeserializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithTypeConverter(new YamlEnums())
        .WithTypeConverter(new YamlNumbers())
        .WithNodeDeserializer(new YamlShapes(), where => where.OnTop())
        .WithEnforceRequiredMembers()
        .WithDuplicateKeyChecking()
        .Build();

    /// <summary>Parses a whole document.</summary>
    /// <param name="document">Its text, and the name to show in errors.</param>
    /// <param name="schema">The value of the key <c>schema</c> that this version reads; it is looked at before anything else.</param>
    /// <param name="fix">What to do about an error.</param>
    /// <exception cref="MedBenchException">Malformed, empty, of another schema, or not of this form.</exception>
    public static T Read<T>(YamlPlaces document, int schema, string fix)
        where T : class
    {
        try
        {
            if (YamlGuard.SchemaOf(document.Yaml) is { } found) SchemaNumber.Check(Numbers.Integer(found.Value), schema, schema, $"{document.File}:{found.Start.Line}:{found.Start.Column}", fix);
            var value = s_deserializer.Deserialize<T?>(new MergingParser(new Parser(new StringReader(document.Yaml)))) ?? throw new MedBenchException($"{document.File}: is empty", fix);
            // Such a key would make null of what its type says is never null.
            return document.FirstEmpty() is var (path, place) ? throw new MedBenchException($"{place}: {path} is empty", fix) : value;
        }
        catch (YamlException e)
        {
            throw new MedBenchException($"{document.File}:{e.Start.Line}:{e.Start.Column}: {(e.InnerException is null or InvalidOperationException ? e : e.InnerException).Message}", fix, e);
        }
    }
}
