using MedBench.Data.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MedBench.Training.Recipes;

/// <summary>YAML that refuses what it does not know: an unknown, missing or doubled key is an error that names file, line and column. Keys are hyphenated.</summary>
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
            .WithEnumNamingConvention(HyphenatedNamingConvention.Instance)
            .WithEnforceRequiredMembers()
            .WithDuplicateKeyChecking()
            .Build();
        try
        {
            return deserializer.Deserialize<T?>(new MergingParser(new Parser(new StringReader(yaml)))) ?? throw new MedBenchException($"{file}: is empty", fix);
        }
        catch (YamlException e)
        {
            throw new MedBenchException($"{file}:{e.Start.Line}:{e.Start.Column}: {e.InnerException?.Message ?? e.Message}", fix, e);
        }
    }

    /// <summary>Where a value stands, for an error about what it says: <c>file:line:column</c>.</summary>
    /// <param name="yaml">The document's text, which parses.</param>
    /// <param name="file">Its name.</param>
    /// <param name="path">Keys and indices from the root; what is not there is passed over, and the last that is counts.</param>
    public static string Place(string yaml, string file, params IReadOnlyList<object> path)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(yaml))));
        var node = stream.Documents[0].RootNode;
        foreach (object step in path)
        {
            node = (node, step) switch
            {
                (YamlMappingNode map, string key) when map.Children.TryGetValue(key, out var child) => child,
                (YamlSequenceNode list, int index) when index < list.Children.Count => list.Children[index],
                _ => node,
            };
        }
        return $"{file}:{node.Start.Line}:{node.Start.Column}";
    }
}
