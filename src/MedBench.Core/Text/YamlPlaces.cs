using MedBench.Core.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MedBench.Core.Text;

/// <summary>Where the keys and values of a document stand, for errors about what they say.</summary>
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

    /// <summary>The places of a file that a user named.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fix">What to do where there is none.</param>
    /// <exception cref="MedBenchException">There is none, or it is no text.</exception>
    public static YamlPlaces OfFile(string path, string fix) =>
        new(System.IO.File.Exists(path) ? TextFile.Read(path) : throw new MedBenchException($"{path} does not exist", fix), path);

    /// <summary>The document's text.</summary>
    public string Yaml => yaml;

    /// <summary>Its name.</summary>
    public string File => file;

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
        return Place(node);
    }

    /// <summary>The first key without a value: its dotted path, and where it stands; null if there is none.</summary>
    public (string Path, string Place)? FirstEmpty() => FirstEmpty(_root.Value, "");

    /// <summary>Whether a scalar is one of YAML's spellings of nothing.</summary>
    internal static bool IsNull(string? value, ScalarStyle style, TagName tag) =>
        (!tag.IsEmpty && tag.Value == "tag:yaml.org,2002:null") || (style == ScalarStyle.Plain && value is (null or "" or "~" or "null" or "Null" or "NULL"));

    private (string Path, string Place)? FirstEmpty(YamlNode node, string path) => node switch
    {
        YamlMappingNode map => First(map.Children.Select(c => (c.Value, $"{path}{(path.Length > 0 ? "." : "")}{c.Key}", c.Key))),
        YamlSequenceNode list => First(list.Children.Select((c, i) => (c, $"{path}[{i}]", c))),
        _ => null,
    };

    private (string Path, string Place)? First(IEnumerable<(YamlNode Value, string Path, YamlNode Key)> children)
    {
        foreach (var (value, path, key) in children)
        {
            if (value is YamlScalarNode scalar && IsNull(scalar.Value, scalar.Style, scalar.Tag)) return (path, Place(key));
            if (FirstEmpty(value, path) is { } found) return found;
        }
        return null;
    }

    private string Place(YamlNode node) => $"{file}:{node.Start.Line}:{node.Start.Column}";
}
