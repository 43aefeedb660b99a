using System.Text;
using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>Small CSV reader (RFC 4180 without line breaks inside a field) whose errors name file and line.</summary>
public static class CsvTable
{
    private const string Unclosed = "a quoted field is not closed", Close = "close it with a quote character; write a quote inside it twice";

    /// <summary>The header of a file that may have any columns.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="file">Name to show in errors.</param>
    /// <exception cref="MedBenchException">An open quote, or columns that are not separated by commas.</exception>
    public static string[] Header(string text, string file)
    {
        string line = new StringReader(text).ReadLine() ?? "";
        string[] columns = Split(line) ?? throw new MedBenchException($"{file}:1: {Unclosed}", Close);
        return columns.Length == 1 && line.IndexOfAny([';', '\t']) is >= 0 and var at
            ? throw new MedBenchException($"{file}:1: the columns are separated by {(line[at] == ';' ? "semicolons" : "tabs")}", "separate them by commas, in all lines")
            : columns;
    }

    /// <summary>All rows of a file whose header is exactly <paramref name="columns"/>; blank lines are skipped.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="file">Name to show in errors.</param>
    /// <param name="columns">Header, in order.</param>
    /// <exception cref="MedBenchException">Another header, no header at all, a row of another width, or an open quote.</exception>
    public static IReadOnlyList<CsvRow> Read(TextReader reader, string file, IReadOnlyList<string> columns)
    {
        var rows = new List<CsvRow>();
        int line = 1;
        for (; reader.ReadLine() is { } text; line++)
        {
            if (line > 1 && text.Length == 0)
                continue;
            string[] fields = Split(text) ?? throw new MedBenchException($"{file}:{line}: {Unclosed}", Close);
            if (line == 1)
            {
                if (!fields.SequenceEqual(columns, StringComparer.Ordinal))
                    throw new MedBenchException($"{file}:1: the header is '{text}'", $"make it '{string.Join(',', columns)}'");
                continue;
            }
            if (fields.Length != columns.Count)
                throw new MedBenchException($"{file}:{line}: {fields.Length} fields, but the header has {columns.Count}", "give every column a field; quote a field that holds a comma");
            rows.Add(new CsvRow(file, line, columns, fields));
        }
        return line > 1 ? rows : throw new MedBenchException($"{file}: is empty", $"begin it with the header '{string.Join(',', columns)}'");
    }

    /// <summary>A field as it is written: in quotes where it needs them.</summary>
    public static string Field(string text) => text.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";

    private static string[]? Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[i++]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return quoted ? null : [.. fields];
    }
}
