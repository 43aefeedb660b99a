using YamlDotNet.RepresentationModel;

namespace MedBench.Tests.Ci;

/// <summary>One file of .github/workflows.</summary>
internal sealed class Workflow
{
    private Workflow(string path)
    {
        (Name, Text) = (Path.GetFileName(path), File.ReadAllText(path));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        Root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    public static IReadOnlyList<Workflow> All { get; } =
        [.. Directory.GetFiles(Repository.File(".github/workflows"), "*.yml").Order(StringComparer.Ordinal).Select(path => new Workflow(path))];

    public string Name { get; }

    public string Text { get; }

    public YamlMappingNode Root { get; }

    public IEnumerable<(string Name, YamlMappingNode Job)> Jobs => ((YamlMappingNode)Root["jobs"]).Select(j => (j.Key.ToString(), (YamlMappingNode)j.Value));

    public IEnumerable<YamlMappingNode> Steps => Jobs.SelectMany(j => (YamlSequenceNode)j.Job["steps"]).Cast<YamlMappingNode>();

    public IEnumerable<string> Scripts => Steps.Select(step => Value(step, "run")).OfType<string>();

    public static string? Value(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    public override string ToString() => Name;
}
