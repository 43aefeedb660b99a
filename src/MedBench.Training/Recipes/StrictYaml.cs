using MedBench.Data.Errors;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MedBench.Training.Recipes;

/// <summary>YAML that refuses what it does not know: an unknown, missing, doubled or empty key is an error that names file, line and column. Keys are hyphenated.</summary>
public static class StrictYaml
{
    /// <summary>Parses a whole document.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="file">Name to show in errors.</param>
    /// <param name="fix">What to do about an error.</param>
    /// <exception cref="MedBenchException">Malformed, empty, or not of this form.</exception>
    public static T Read<T>(string yaml, string file, string fix)
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
            var document = deserializer.Deserialize<T?>(new MergingParser(new Parser(new StringReader(yaml)))) ?? throw new MedBenchException($"{file}: is empty", fix);
            // Such a key would make null of what its type says is never null.
            return new YamlPlaces(yaml, file).FirstEmpty() is var (path, place) ? throw new MedBenchException($"{place}: {path} is empty", fix) : document;
        }
        catch (YamlException e)
        {
            throw new MedBenchException($"{file}:{e.Start.Line}:{e.Start.Column}: {e.InnerException?.Message ?? e.Message}", fix, e);
        }
    }
}
