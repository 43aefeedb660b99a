using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MedBench.Core.Text;

/// <summary>What a document may ask of its reader: how deep it is, and how large once its aliases are followed. Beyond that a few lines could fill a memory or a stack.</summary>
internal static class YamlGuard
{
    private const int MostLevels = 32;
    private const long MostNodes = 1_000_000;

    /// <summary>Goes through a document without building anything.</summary>
    /// <param name="yaml">Its text.</param>
    /// <returns>The value of the key <c>schema</c> at the top, and where it stands; null where there is none, or it is no text.</returns>
    /// <exception cref="YamlException">It is malformed, too deep or too large, an alias is inside of what it stands for, or a second document follows.</exception>
    public static Scalar? SchemaOf(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var sizes = new Dictionary<AnchorName, long>();
        var open = new Stack<(AnchorName Anchor, long Before)>();
        long nodes = 0;
        int documents = 0;
        (bool IsKey, bool IsSchema) top = (true, false);
        Scalar? schema = null;
        while (Next(parser))
        {
            var now = parser.Current!;
            YamlException Error(string message) => new(now.Start, now.End, message);
            if (now is DocumentStart && ++documents > 1) throw Error("a second document in one file");
            if (now is MappingEnd or SequenceEnd)
            {
                var (anchor, before) = open.Pop();
                if (!anchor.IsEmpty) sizes[anchor] = nodes - before;
            }
            if (now is Scalar text)
            {
                if (!text.Anchor.IsEmpty) sizes[text.Anchor] = 1;
                if (open.Count == 1 && top is { IsKey: false, IsSchema: true }) schema ??= text;
            }
            if (now is AnchorAlias alias) nodes += sizes.TryGetValue(alias.Value, out long size) ? size : throw Error($"the alias '{alias.Value}' stands for nothing that ends before it");
            if (now is NodeEvent) nodes++;
            // Keys and values of the top mapping follow each other; what is inside of them counts for one.
            if (now is MappingEnd or SequenceEnd or Scalar or AnchorAlias && open.Count == 1)
                top = (!top.IsKey, top.IsKey && now is Scalar { Value: "schema" });
            if (now is MappingStart or SequenceStart)
            {
                open.Push((((NodeEvent)now).Anchor, nodes - 1));
                if (open.Count > MostLevels) throw Error($"more than {MostLevels} levels deep");
            }
            if (nodes > MostNodes) throw Error($"more than {MostNodes} values once its aliases are followed");
        }
        return schema;
    }

    // Of a list that is not closed before the next key YamlDotNet says only that its own state is not valid.
    private static bool Next(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (InvalidOperationException e)
        {
            var after = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(after, after, "a bracket that is open here is not closed before the next key (a word that holds a bracket needs quotes)", e);
        }
    }
}
