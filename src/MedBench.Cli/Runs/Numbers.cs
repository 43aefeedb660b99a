using System.Globalization;
using MedBench.Core.Errors;

namespace MedBench.Cli.Runs;

/// <summary>Numbers as written on a command line.</summary>
internal static class Numbers
{
    /// <summary>Reads a positive number.</summary>
    /// <exception cref="MedBenchException">It is something else.</exception>
    public static double Positive(string option, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)
            ? value
            : throw new MedBenchException($"{option} {text}: not a positive number", "write it like 5 or 0.5");

    /// <summary>Reads counts such as <c>1,8,64</c>.</summary>
    /// <exception cref="MedBenchException">It is something else.</exception>
    public static int[] Counts(string option, string text) =>
        [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw new MedBenchException($"{option} {text}: not numbers of at least 1", "write them like 1,8,64"))];
}
