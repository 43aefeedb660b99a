using System.Globalization;
using System.Text.RegularExpressions;
using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>Times as people write them.</summary>
public static partial class Durations
{
    /// <summary>Reads <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>1d</c> and sums such as <c>1h30m</c>.</summary>
    /// <param name="option">What was set to it, for the error.</param>
    /// <param name="text">The time.</param>
    /// <exception cref="MedBenchException">It is something else.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var match = Form().Match(text);
        if (!match.Success || text.Length == 0) throw new MedBenchException($"{option} {text}: not a time", "write it like 90s, 30m, 2h, 1d or 1h30m");
        double Part(int group) => match.Groups[group].Success ? double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        try
        {
            return TimeSpan.FromDays(Part(1)) + TimeSpan.FromHours(Part(2)) + TimeSpan.FromMinutes(Part(3)) + TimeSpan.FromSeconds(Part(4));
        }
        catch (OverflowException e)
        {
            throw new MedBenchException($"{option} {text}: longer than a time can be", "leave it out for no limit", e);
        }
    }

    /// <summary>A time in one or two units: <c>45 s</c>, <c>12 min</c>, <c>3.5 h</c>, <c>6.2 days</c>.</summary>
    public static string Show(double seconds) => seconds switch
    {
        < 99.5 => Number(seconds, "0", "s"),
        < 99.5 * 60 => Number(seconds / 60, "0", "min"),
        < 48 * 3600 => Number(seconds / 3600, "0.0", "h"),
        _ => Number(seconds / 86400, "0.0", "days"),
    };

    private static string Number(double value, string format, string unit) => $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";

    // ASCII digits alone: \d takes those of every script.
    [GeneratedRegex(@"^(?:([0-9]+(?:\.[0-9]+)?)d)?(?:([0-9]+(?:\.[0-9]+)?)h)?(?:([0-9]+(?:\.[0-9]+)?)m)?(?:([0-9]+(?:\.[0-9]+)?)s)?\z")]
    private static partial Regex Form();
}
