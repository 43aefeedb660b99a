using MedBench.Reporting.Figures;
using Spectre.Console;

namespace MedBench.Cli.Display;

/// <summary>Rows of text: a table for people, aligned columns where nobody looks.</summary>
internal static class Listing
{
    public static void Write(FigureTable table) => Write(table.Columns, table.Rows.Select(r => r.Fields.ToArray()));

    public static void Write(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        if (Terminal.IsInteractive)
        {
            var table = new Table { Border = TableBorder.Simple };
            foreach (string column in columns) table.AddColumn(Markup.Escape(column));
            foreach (var line in lines) table.AddRow([.. line.Select(Markup.Escape)]);
            Terminal.Out.Write(table);
            return;
        }
        lines.Insert(0, [.. columns]);
        int[] widths = [.. Enumerable.Range(0, columns.Count).Select(c => lines.Max(l => l[c].Length))];
        foreach (var line in lines) Console.Out.WriteLine(string.Join("  ", line.Select((text, c) => text.PadRight(widths[c]))).TrimEnd());
    }
}
