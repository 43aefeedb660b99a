using System.Diagnostics;

namespace MedBench.Cli.Bench;

/// <summary>Repeats work and takes the median, which a busy moment of the machine does not move.</summary>
/// <param name="budget">Time for one measurement.</param>
internal sealed class Timing(TimeSpan budget)
{
    private const int Fewest = 3;

    /// <summary>Median seconds of each of several works, taken in turn so that all see the same machine.</summary>
    public double[] Medians(params Action[] works)
    {
        foreach (var work in works) work();
        var seconds = works.Select(_ => new List<double>()).ToArray();
        var clock = Stopwatch.StartNew();
        while (seconds[0].Count < Fewest || clock.Elapsed < budget * works.Length)
            for (int i = 0; i < works.Length; i++)
            {
                var lap = Stopwatch.StartNew();
                works[i]();
                seconds[i].Add(lap.Elapsed.TotalSeconds);
            }
        return [.. seconds.Select(s => s.Order().ElementAt(s.Count / 2))];
    }
}
