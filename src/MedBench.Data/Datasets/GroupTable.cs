using MedBench.Core.Errors;

namespace MedBench.Data.Datasets;

/// <summary>Which images belong together (to a patient, to a lesion), and other facts of them (sex, age, site).</summary>
/// <param name="From">Where that is from: a file or folder.</param>
/// <param name="Columns">Names of the other facts.</param>
/// <param name="Splits">For each split that is known its images, all of them and in order.</param>
public sealed record GroupTable(string From, IReadOnlyList<string> Columns, IReadOnlyDictionary<Split, IReadOnlyList<GroupRow>> Splits)
{
    /// <summary>Name of the partition by the number of images that a group has in the split: 1, 2-3, 4 or more.</summary>
    public const string GroupSize = "group-size";

    /// <summary>What images are told apart by without a table.</summary>
    public const string Class = "class";

    // Ages in years would be a hundred parts of a few images.
    private const int MostParts = 40;

    private static readonly string[] s_sizes = ["1", "2-3", "4 or more"];

    /// <summary>The images of a split.</summary>
    /// <exception cref="MedBenchException">It is not known.</exception>
    public IReadOnlyList<GroupRow> this[Split split] => Splits.TryGetValue(split, out var rows) ? rows
        : throw new MedBenchException($"{From} has no {ImageDataset.Prefixes[split]} images", $"give it a line for each image of the {ImageDataset.Prefixes[split]} split");

    /// <summary>For each image of a split the number of its group, from 0.</summary>
    /// <exception cref="MedBenchException">The split is not known.</exception>
    public IReadOnlyList<int> Numbers(Split split)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. this[split].Select(r => numbers.TryGetValue(r.Group, out int known) ? known : numbers[r.Group] = numbers.Count)];
    }

    /// <summary>The images of a split by a column, or by <see cref="GroupSize"/>; an empty text is a part of its own.</summary>
    /// <param name="by">Name of the column.</param>
    /// <param name="split">The split.</param>
    /// <exception cref="MedBenchException">There is no such column, it has more than 40 values, or the split is not known.</exception>
    public ImagePartition By(string by, Split split)
    {
        var rows = this[split];
        if (by == GroupSize)
        {
            var sizes = rows.CountBy(r => r.Group).ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);
            return Of(by, [.. rows.Select(r => s_sizes[sizes[r.Group] switch { 1 => 0, <= 3 => 1, _ => 2 }])], s_sizes);
        }
        int column = Enumerable.Range(0, Columns.Count).FirstOrDefault(c => Columns[c] == by, -1);
        if (column < 0)
            throw new MedBenchException($"{From}{(Columns.Count > 0 ? ":1" : "")}: there is no column '{by}' to tell images apart by", Names.Nearest(by, [.. Columns, GroupSize, Class]) is { } near ? $"did you mean '{near}'?" : $"known: {string.Join(", ", [.. Columns, GroupSize, Class])}");
        string[] values = [.. rows.Select(r => r.Values[column].Trim() is { Length: > 0 } text ? text : "(empty)")];
        var parts = ImageTable.InNaturalOrder(values);
        return parts.Count <= MostParts ? Of(by, values, parts)
            : throw new MedBenchException($"{From}:1: the column '{by}' has {parts.Count} values", $"make a column of at most {MostParts}, for example of age bands");
    }

    private static ImagePartition Of(string by, string[] values, IReadOnlyList<string> order)
    {
        string[] parts = [.. order.Where(values.Contains)];
        return new ImagePartition(by, parts, [.. values.Select(v => Array.IndexOf(parts, v))]);
    }
}
