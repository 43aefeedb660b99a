using System.Text;

namespace MedBench.Reporting.Exporters;

/// <summary>Aligned plain lines, for logs and terminals without colour.</summary>
public sealed class TextExporter : IReportExporter
{
    private const string Gutter = "  ";

    /// <inheritdoc/>
    public string Export(ResultTable table)
    {
        IReadOnlyList<string>[] rows = [ResultTable.Columns, .. table.Rows().Select(r => r.Fields)];
        int[] widths = [.. Enumerable.Range(0, ResultTable.Columns.Count).Select(c => rows.Max(r => r[c].Length))];
        var lines = new List<string> { table.Title };
        lines.AddRange(table.Environment);
        lines.Add("");
        lines.AddRange(rows.Select(row => string.Join(Gutter, row.Select((field, c) => field.PadRight(widths[c]))).TrimEnd()));
        lines.AddRange(["", .. table.SummaryLines(), "", .. table.Legend]);
        lines.AddRange(table.Caveats.Select(c => $"caveat: {c}"));
        return new StringBuilder().AppendJoin('\n', lines).Append('\n').ToString();
    }
}
