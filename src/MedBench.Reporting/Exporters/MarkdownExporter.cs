using System.Text;

namespace MedBench.Reporting.Exporters;

/// <summary>GitHub-flavoured Markdown.</summary>
public sealed class MarkdownExporter : IReportExporter
{
    /// <inheritdoc/>
    public string Export(ResultTable table)
    {
        var text = new StringBuilder($"# {Escape(table.Title)}\n\n");
        AppendList(text, table.Environment);
        AppendRow(text, ResultTable.Columns);
        AppendRow(text, ResultTable.Columns.Select(_ => "---"));
        foreach (var row in table.Rows())
            AppendRow(text, row.Verdict is null ? row.Fields.Select(Escape) : row.Fields.Select(f => f.Length == 0 ? "" : $"**{Escape(f)}**"));
        text.Append('\n');
        AppendSection(text, "Summary", table.SummaryLines());
        AppendSection(text, "Legend", table.Legend);
        AppendSection(text, "Caveats", table.Caveats);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> fields) => text.Append("| ").AppendJoin(" | ", fields).Append(" |\n");

    private static void AppendSection(StringBuilder text, string title, IEnumerable<string> lines)
    {
        if (!lines.Any())
            return;
        text.Append($"## {title}\n\n");
        AppendList(text, lines);
    }

    private static void AppendList(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (string line in lines)
            text.Append($"- {Escape(line)}\n");
        text.Append('\n');
    }

    // What would end a table cell, start markup or start HTML.
    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
