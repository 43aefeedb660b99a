using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MedBench.Training.Recipes;

/// <summary>Where the values of a document stand, for errors about what they say.</summary>
/// <param name="yaml">The document's text, which parses; it is parsed again when the first place is asked for.</param>
/// <param name="file">Its name.</param>
public sealed class YamlPlaces(string yaml, string file)
{
    private readonly Lazy<YamlNode> _root = new(() =>
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(yaml))));
        return stream.Documents[0].RootNode;
    });

    /// <summary><c>file:line:column</c> of a value.</summary>
    /// <param name="path">Keys and indices from the root; what is not there is passed over, and the last that is counts.</param>
    public string Of(params IReadOnlyList<object> path)
    {
        var node = _root.Value;
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
