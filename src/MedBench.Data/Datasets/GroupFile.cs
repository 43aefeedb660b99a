using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Data.Datasets;

/// <summary>
/// A CSV that says which images of a data file belong together: the columns <c>index</c> (from 0, in the split) and <c>group</c>, <c>split</c> (train, val, test; without it all are of the
/// test split), and any others, in any order.
/// </summary>
public static class GroupFile
{
    private const string IndexColumn = "index", GroupColumn = "group", SplitColumn = "split";
    private static readonly string[] s_taken = [GroupTable.Class, GroupTable.GroupSize];

    /// <summary>Reads and checks it: each split that it names is there with every image once.</summary>
    /// <param name="csv">The file.</param>
    /// <param name="card">The dataset.</param>
    /// <exception cref="MedBenchException">A column is missing, doubled or called like something else, a cell is empty, an index is out of range, or an image is missing or there twice; says file and line.</exception>
    public static GroupTable Read(string csv, DatasetCard card)
    {
        string text = TextFile.Read(csv);
        string[] columns = CsvTable.Header(text, csv);
        foreach (string needed in (string[])[IndexColumn, GroupColumn])
            if (!columns.Contains(needed)) throw new MedBenchException($"{csv}:1: there is no column '{needed}'", $"begin it with a header such as '{SplitColumn},{IndexColumn},{GroupColumn},sex'; '{SplitColumn}' may be left out if all are test images");
        if (columns.CountBy(c => c).FirstOrDefault(c => c.Value > 1) is { Key: { } twice }) throw new MedBenchException($"{csv}:1: the column '{twice}' is there twice", "give every column a name of its own");
        if (columns.FirstOrDefault(c => s_taken.Contains(c) || c.Trim().Length == 0) is { } taken) throw new MedBenchException($"{csv}:1: a column is called '{taken}'", taken.Trim().Length == 0 ? "give every column a name" : $"call it otherwise: --by {taken} means something else");
        bool hasSplit = columns.Contains(SplitColumn);
        string[] others = [.. columns.Except([IndexColumn, GroupColumn, SplitColumn])];

        var seen = new Dictionary<Split, (GroupRow? Row, int Line)[]>();
        foreach (var row in CsvTable.Read(new StringReader(text), csv, columns))
        {
            var split = hasSplit ? ImageTable.SplitOf(row) : Split.Test;
            int index = row.Integer(IndexColumn, 0), count = card.Splits[split];
            if (index >= count) throw row.Error($"index {index}; the {ImageDataset.Prefixes[split]} split of {card.Title} has the images 0 to {count - 1}", "count from 0 in each split, and check that the dataset is the one of the file");
            string group = ImageTable.GroupOf(row);
            if (!seen.TryGetValue(split, out var rows)) seen[split] = rows = new (GroupRow?, int)[count];
            if (rows[index].Row is not null) throw row.Error($"{ImageDataset.Prefixes[split]}/{index} is in line {rows[index].Line} already", "leave one of the lines out");
            rows[index] = (new GroupRow(group, [.. others.Select(row.Text)]), row.Line);
        }
        if (seen.Count == 0) throw new MedBenchException($"{csv}:1: no line follows the header", "give it a line for each image");
        foreach (var (split, rows) in seen)
        {
            int missing = rows.Count(r => r.Row is null);
            if (missing > 0) throw new MedBenchException($"{csv}: {missing} of {rows.Length} {ImageDataset.Prefixes[split]} images of {card.Title} have no line, {ImageDataset.Prefixes[split]}/{Array.FindIndex(rows, r => r.Row is null)} the first", $"give a line for each image of a split, or none for a split{(hasSplit ? "" : $"; without a column '{SplitColumn}' all lines are test images")}");
        }
        return new GroupTable(csv, others, seen.ToDictionary(s => s.Key, s => (IReadOnlyList<GroupRow>)[.. s.Value.Select(r => r.Row!)]));
    }
}
