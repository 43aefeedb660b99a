using System.Globalization;
using MedBench.Core.Errors;

namespace MedBench.Cli.Runs;

/// <summary>Seeds as written on a command line.</summary>
internal static class Seeds
{
    /// <summary>Reads <c>0,1,2</c>, <c>0-4</c> and mixtures; each seed once, in the order given.</summary>
    /// <exception cref="MedBenchException">It is something else.</exception>
    public static int[] Parse(string text)
    {
        try
        {
            int[] seeds = [.. text.Split(',', StringSplitOptions.TrimEntries).SelectMany(Range).Distinct()];
            return seeds.Length > 0 ? seeds : throw new FormatException();
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new MedBenchException($"--seeds {text}: not a list of seeds", "write them as 0,1,2 or 0-4", e);
        }
    }

    private static IEnumerable<int> Range(string part)
    {
        int[] ends = [.. part.Split('-', 2).Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture))];
        if (ends[^1] < ends[0] || (long)ends[^1] - ends[0] > 1000) throw new FormatException();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
