using System.Globalization;

namespace MedBench.Claims.Verdicts;

/// <summary>Numbers as verdicts and reports write them.</summary>
public static class Show
{
    /// <summary>A fraction in points: 0.0123 → "1.23".</summary>
    public static string Points(double fraction) => (100 * fraction).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A difference in points with its sign: "+1.23", "-0.40", "0.00".</summary>
    public static string SignedPoints(double fraction) =>
        (100 * fraction).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>A p value: "0.034", "&lt; 0.001".</summary>
    public static string P(double p) => p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A p value in a sentence: "p = 0.034", "p &lt; 0.001".</summary>
    public static string PIs(double p) => p < 0.001 ? "p < 0.001" : $"p = {P(p)}";

    /// <summary>A plain number with <paramref name="decimals"/> decimals.</summary>
    public static string Number(double value, int decimals) => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A number of things: "1 cell", "12 cells".</summary>
    /// <param name="count">How many.</param>
    /// <param name="thing">What one of them is called; its plural ends in s.</param>
    public static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>A number of things and their verb: "1 cell is", "12 cells are".</summary>
    /// <param name="count">How many.</param>
    /// <param name="thing">What one of them is called; its plural ends in s.</param>
    /// <param name="one">The verb of one.</param>
    /// <param name="many">The verb of any other number.</param>
    public static string Count(int count, string thing, string one, string many) => $"{Count(count, thing)} {(count == 1 ? one : many)}";
}
