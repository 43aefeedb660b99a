using MedBench.Core.Errors;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MedBench.Core.Text;

/// <summary>YAML that refuses what it does not know: an unknown, missing, doubled or empty key is an error that names file, line and column. Keys are hyphenated.</summary>
public static class StrictYaml
{
    /// <summary>Parses a whole document.</summary>
    /// <param name="document">Its text, and the name to show in errors.</param>
    /// <param name="fix">What to do about an error.</param>
    /// <exception cref="MedBenchException">Malformed, empty, or not of this form.</exception>
    public static T Read<T>(YamlPlaces document, string fix)
        where T : class
    {
        var deserializer = new DeserializerBuilder()
            .WithNamingConvention(HyphenatedNamingConvention.Instance)
            .WithTypeConverter(new YamlEnums())
            .WithEnforceRequiredMembers()
            .WithDuplicateKeyChecking()
            .Build();
        try
        {
            var value = deserializer.Deserialize<T?>(new MergingParser(new Parser(new StringReader(document.Yaml)))) ?? throw new MedBenchException($"{document.File}: is empty", fix);
            // Such a key would make null of what its type says is never null.
            return document.FirstEmpty() is var (path, place) ? throw new MedBenchException($"{place}: {path} is empty", fix) : value;
        }
        catch (YamlException e)
        {
            throw new MedBenchException($"{document.File}:{e.Start.Line}:{e.Start.Column}: {e.InnerException?.Message ?? e.Message}", fix, e);
        }
    }
}
