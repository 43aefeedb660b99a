using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Cli.Runs;

/// <summary>Seeds as written on a command line.</summary>
internal static class Seeds
{
    /// <summary>Reads <c>0,1,2</c>, <c>0-4</c> and mixtures; each seed once, in the order given.</summary>
    /// <exception cref="MedBenchException">It is something else, or more than <see cref="Limits.MostSeeds"/>.</exception>
    public static int[] Parse(string text)
    {
        var seeds = new List<int>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int[] ends = [.. part.Split('-', 2).Select(n => Numbers.Integer(n) is >= 0 and <= int.MaxValue and var seed ? (int)seed : throw Wrong(text))];
            if (ends[^1] < ends[0]) throw Wrong(text);
            if ((long)ends[^1] - ends[0] + seeds.Count >= Limits.MostSeeds) throw new MedBenchException($"--seeds {text}: more than {Limits.MostSeeds} seeds", "write fewer, such as 0-4: a mean over so many says nothing more");
            seeds.AddRange(Enumerable.Range(0, ends[^1] - ends[0] + 1).Select(i => ends[0] + i));
        }
        return [.. seeds.Distinct()];
    }

    private static MedBenchException Wrong(string text) =>
        new($"--seeds {text}: not a list of seeds", $"write them as 0,1,2 or 0-4, each {Limits.Seed}, without zeros before them");
}
