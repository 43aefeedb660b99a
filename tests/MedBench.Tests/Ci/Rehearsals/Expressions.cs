using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MedBench.Tests.Ci.Rehearsals;

/// <summary>The part of GitHub's expression language that our workflows use: names, texts, <c>== != ! &amp;&amp;</c>, <c>hashFiles</c>, <c>cancelled()</c> and <c>success()</c>.</summary>
internal sealed partial class Expressions(Func<string, string?> value, string workspace)
{
    /// <summary>Puts the value of each <c>${{ … }}</c> into a text.</summary>
    public string Fill(string text) => Place().Replace(text, m => Value(m.Groups[1].Value.Trim()));

    /// <summary>Whether a condition holds; without one, whether what it needs succeeded.</summary>
    public bool Holds(string? condition, bool success)
    {
        if (condition is null) return success;
        string text = Place().Match(condition) is { Success: true } match ? match.Groups[1].Value : condition;
        // A condition that names no status function has an implicit success().
        if (!Status().IsMatch(text) && !success) return false;
        return text.Split("&&", StringSplitOptions.TrimEntries).All(part => part switch
        {
            "!cancelled()" => true,
            "success()" => success,
            _ when part.Split("==", StringSplitOptions.TrimEntries) is [var left, var right] => Value(left) == Value(right),
            _ when part.Split("!=", StringSplitOptions.TrimEntries) is [var left, var right] => Value(left) != Value(right),
            _ => Value(part) is not ("" or "false"),
        });
    }

    private string Value(string expression)
    {
        if (expression is ['\'', .., '\'']) return expression[1..^1].Replace("''", "'");
        if (Hash().Match(expression) is { Success: true } match)
        {
            // Of the files that are there, by their content; the patterns of our workflows that matter are plain paths.
            string[] files = [.. match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries).Select(p => Path.Combine(workspace, p.Trim('\''))).Where(File.Exists)];
            return files.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files.Select(File.ReadAllText)))));
        }
        return value(expression) ?? throw new InvalidOperationException($"'{expression}' is not known to the rehearsal");
    }

    [GeneratedRegex(@"\$\{\{(.*?)\}\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(cancelled|success|failure|always)\(\)")]
    private static partial Regex Status();

    [GeneratedRegex(@"^hashFiles\((.*)\)$")]
    private static partial Regex Hash();
}
