using System.Text;
using MedBench.Core.Errors;
using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights;

/// <summary>How a checkpoint differs from a module, for people: grouped by layer, capped, with the nearest name for each missing one.</summary>
internal sealed class LoadDiff
{
    private const int MaxLines = 8;

    public List<TensorEntry> Missing { get; } = [];

    public List<TensorEntry> Unexpected { get; } = [];

    public List<(TensorEntry InFile, TensorEntry InModule)> Unlike { get; } = [];

    public bool IsEmpty => Missing.Count + Unexpected.Count + Unlike.Count == 0;

    public MedBenchException ToException(string path, string module)
    {
        var text = new StringBuilder($"{path} does not fit {module}: {Missing.Count} missing, {Unexpected.Count} unexpected, {Unlike.Count} of another shape or type");
        var strangers = Unexpected.Select(e => e.Name).ToList();
        Section(text, "missing in the file", ByLayer(Missing), layer =>
            Line(layer) + (Names.Nearest(layer.First().Name, strangers) is { } near ? $"  (nearest in the file: {near})" : ""));
        Section(text, "unexpected in the file", ByLayer(Unexpected), Line);
        Section(text, "of another shape or type", Unlike, pair => $"{pair.InFile.Name}: {Describe(pair.InFile)} in the file, {Describe(pair.InModule)} in the module");
        return new MedBenchException(text.ToString(), "take the checkpoint of this very model, or say what differs: parts to keep fresh (replaced prefixes) or other names (rename rules)");
    }

    private static void Section<T>(StringBuilder text, string title, IReadOnlyCollection<T> items, Func<T, string> line)
    {
        if (items.Count == 0) return;
        text.Append($"\n  {title}:");
        foreach (var item in items.Take(MaxLines)) text.Append($"\n    {line(item)}");
        if (items.Count > MaxLines) text.Append($"\n    … and {items.Count - MaxLines} more");
    }

    private static List<IGrouping<string, TensorEntry>> ByLayer(IEnumerable<TensorEntry> entries) => [.. entries.GroupBy(e => Split(e.Name).Layer)];

    private static string Line(IGrouping<string, TensorEntry> layer) =>
        $"{layer.Key}: {string.Join(", ", layer.Select(e => $"{Split(e.Name).Leaf} {Describe(e)}".TrimStart()))}";

    // A tensor of the model itself, such as cls_token, is its own layer.
    private static (string Layer, string Leaf) Split(string name) =>
        name.LastIndexOf('.') is >= 0 and var dot ? (name[..dot], name[(dot + 1)..]) : (name, "");

    private static string Describe(TensorEntry entry) => $"{ElementType.Find(entry.Type)?.Torch ?? entry.Type.ToString()} {Shapes.Text(entry.Shape)}";
}
