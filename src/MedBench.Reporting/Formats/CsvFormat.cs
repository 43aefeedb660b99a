using System.Globalization;
using System.Text;

namespace MedBench.Reporting.Formats;

/// <summary>A table as RFC 4180: UTF-8, a line of headings, numbers with all their digits and a point.</summary>
internal static class CsvFormat
{
    internal static byte[] Write<T>(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows)
    {
        var text = new StringBuilder();
        Line(text, columns.Select(c => c.Name));
        foreach (var row in rows) Line(text, columns.Select(c => Show(c.Value(row))));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Line(StringBuilder text, IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(Quote)).Append("\r\n");

    private static string Show(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quote(string field) => field.AsSpan().ContainsAny(',', '"', '\n') || field.Contains('\r', StringComparison.Ordinal)
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}
