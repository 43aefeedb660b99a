namespace MedBench.Core.Text;

/// <summary>GitHub-flavoured Markdown of text that somebody else may have written.</summary>
public static class Markdown
{
    /// <summary><paramref name="text"/> on one line, with everything escaped that would end a table cell, start markup, start HTML or mention a user.</summary>
    /// <param name="text">Plain text.</param>
    public static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("@", "&#64;", StringComparison.Ordinal).ReplaceLineEndings(" ");

    /// <summary>One line of a table.</summary>
    /// <param name="fields">Markdown by column.</param>
    public static string Row(IEnumerable<string> fields) => $"| {string.Join(" | ", fields)} |\n";

    /// <summary>The head of a table with the line below it.</summary>
    /// <param name="headings">Plain text by column.</param>
    public static string Head(IReadOnlyCollection<string> headings) => Row(headings.Select(Escape)) + Row(headings.Select(_ => "---"));
}
