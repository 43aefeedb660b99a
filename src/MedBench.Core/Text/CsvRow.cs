using System.Globalization;
using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>One row of a table, which remembers where it stands.</summary>
/// <param name="File">Name of the file, for errors.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Columns">Header.</param>
/// <param name="Fields">As many as columns.</param>
public sealed record CsvRow(string File, int Line, IReadOnlyList<string> Columns, IReadOnlyList<string> Fields)
{
    // More than a double has; a decimal that is rounded to its own 28 has no half step.
    private const int MostDecimals = 20;

    /// <summary>A field that may be empty.</summary>
    public string Text(string column) => Fields[Enumerable.Range(0, Columns.Count).First(i => Columns[i] == column)];

    /// <summary>A field that must not be empty.</summary>
    public string Required(string column) => Text(column) is { Length: > 0 } text
        ? text
        : throw Error($"column '{column}' is empty", $"fill in '{column}'");

    /// <summary>A field out of a closed list.</summary>
    public string OneOf(string column, params IReadOnlyCollection<string> known)
    {
        string text = Required(column);
        if (known.Contains(text))
            return text;
        var unknown = Names.Unknown(column, text, known);
        throw Error(unknown.Message, unknown.Fix);
    }

    /// <summary>A value of an enumeration, by its name.</summary>
    public T OneOf<T>(string column)
        where T : struct, Enum => Kebab.Parse<T>(column, OneOf(column, Kebab.Names<T>()));

    /// <summary>A whole number of at least <paramref name="minimum"/>.</summary>
    public int Integer(string column, int minimum) =>
        Numbers.Integer(Required(column)) is { } value && value >= minimum && value <= int.MaxValue
            ? (int)value
            : throw Error($"column '{column}' holds '{Text(column)}'", $"write a whole number of at least {minimum}");

    /// <summary>A plain decimal number, not negative, in base ten: 70.32 divided by 100 stays 0.7032. Its <see cref="decimal.Scale"/> is the decimals it was printed with.</summary>
    public decimal Decimal(string column)
    {
        string text = Required(column);
        return Numbers.Decimal(text) is not null && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) && value.Scale <= MostDecimals
            ? value
            : throw Error($"column '{column}' holds '{text}'", $"write a number such as 98.92, with a point, without a sign or exponent, and with at most {MostDecimals} digits after the point");
    }

    /// <summary>An error at this row.</summary>
    public MedBenchException Error(string message, string fix) => new($"{File}:{Line}: {message}", fix);
}
