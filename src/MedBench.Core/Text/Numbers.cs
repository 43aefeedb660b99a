using System.Globalization;
using System.Text.RegularExpressions;
using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>
/// Numbers as text, on a command line, in a variable or in a file: plain decimal, with a point, whatever the culture. What some
/// reader somewhere takes for another number is refused: a decimal comma, thousands, a leading zero (octal), <c>0x</c>, <c>1_000</c>, <c>1:30</c>.
/// </summary>
public static partial class Numbers
{
    /// <summary>The whole number <paramref name="text"/>.</summary>
    /// <param name="what">What is set to it, for the error, with what stands between the two: <c>"--threads "</c>, <c>"OMP_NUM_THREADS="</c>.</param>
    /// <param name="text">The text, without spaces around it.</param>
    /// <param name="range">Values that make sense.</param>
    /// <exception cref="MedBenchException">It is something else, or out of range.</exception>
    public static int Integer(string what, string text, NumberRange<int> range)
    {
        if (Integer(text) is not { } value) throw new MedBenchException($"{what}{text}: not a whole number", Advice(text, whole: true));
        return value == (int)value ? range.Checked((int)value, what + text) : throw range.Refused(what + text);
    }

    /// <summary>The number <paramref name="text"/>.</summary>
    /// <inheritdoc cref="Integer(string, string, NumberRange{int})"/>
    public static double Decimal(string what, string text, NumberRange<double> range) => Decimal(text) is { } value
        ? range.Checked(value, what + text)
        : throw new MedBenchException($"{what}{text}: not a number", Advice(text, whole: false));

    /// <summary>A plain whole number; one too large for 64 bits is the largest, or least, of them. Null where the text is something else.</summary>
    public static long? Integer(string text) => !WholeForm().IsMatch(text) ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value
        : text[0] == '-' ? long.MinValue : long.MaxValue;

    /// <summary>A plain decimal number, with or without an exponent, not finite where it is too large. Null where the text is something else, or so small that it would become 0.</summary>
    public static double? Decimal(string text) =>
        DecimalForm().Match(text) is { Success: true } match
        && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
        && (value != 0 || match.Groups["digits"].Value.All(c => c is '0' or '.')) ? value : null;

    /// <summary>What to write instead of a text that is no number: the number that was probably meant, or an example.</summary>
    public static string Advice(string text, bool whole)
    {
        string meant = LeadingZeros().Replace(Separators().Replace(text.Trim().Replace('\u2212', '-').TrimStart('+'), ""), "$1").Replace(',', '.');
        if (meant.StartsWith('.')) meant = "0" + meant;
        if (whole && Decimal(meant) is { } value && value == Math.Floor(value) && Math.Abs(value) < 1e9) meant = value.ToString(CultureInfo.InvariantCulture);
        return (whole ? Integer(meant) is not null : Decimal(meant) is not null)
            ? $"write {meant}{(LeadingZeros().IsMatch(text) ? ": to some readers a leading zero means octal" : ", if that is meant")}"
            : whole ? "write a whole number such as 5" : "write a number such as 0.5 or 2.5e-4, with a point";
    }

    [GeneratedRegex(@"^(0|-?[1-9][0-9]*)\z")]
    private static partial Regex WholeForm();

    // Exponents may begin with a zero: so Python writes 1e-05.
    [GeneratedRegex(@"^-?(?<digits>(0|[1-9][0-9]*)(\.[0-9]+)?)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex DecimalForm();

    [GeneratedRegex(@"[_'\s]|,(?=[0-9]{3}(,|\z))")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(-?)0+(?=[0-9])")]
    private static partial Regex LeadingZeros();
}
