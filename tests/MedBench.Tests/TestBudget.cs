using MedBench.Core.Text;

namespace MedBench.Tests;

/// <summary>What the dearest checks may cost. Without a bound all of them are made.</summary>
internal static class TestBudget
{
    // One thread of the two cores that .ci/run is meant for; docs/measured.md.
    private const double GigaflopsPerSecond = 50;

    /// <summary>Seconds that one run may take; null for no bound.</summary>
    public static double? Seconds { get; } = Environment.GetEnvironmentVariable("MEDBENCH_MAX_COST") is { Length: > 0 } text ? Durations.Parse("MEDBENCH_MAX_COST", text).TotalSeconds : null;

    /// <summary>Skips a test that computes more than the bound allows, and says what would make it run.</summary>
    /// <param name="gmacs">Multiply-accumulates in thousand millions.</param>
    public static void SkipAbove(double gmacs)
    {
        double seconds = 2 * gmacs / GigaflopsPerSecond;
        Skip.If(seconds > Seconds, $"takes about {seconds:F0} s, and MEDBENCH_MAX_COST allows {Seconds:F0}; unset it, and all tests run");
    }
}
