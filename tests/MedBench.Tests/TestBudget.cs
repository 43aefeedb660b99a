namespace MedBench.Tests;

/// <summary>What the reference runs may cost together. Without a bound all of them are made.</summary>
internal static class TestBudget
{
    // One thread of the two cores that .ci/run is meant for; docs/measured.md.
    private const double GigaflopsPerSecond = 50;

    private static readonly Lock s_lock = new();
    private static double s_spent;

    /// <summary>Skips a test that computes more than the bound leaves, and says what would make it run.</summary>
    /// <param name="gmacs">Multiply-accumulates in thousand millions.</param>
    public static void Spend(double gmacs)
    {
        double seconds = 2 * gmacs / GigaflopsPerSecond;
        lock (s_lock)
        {
            Skip.If(s_spent + seconds > MaxCost.Seconds, $"takes about {seconds:F0} s, and MEDBENCH_MAX_COST leaves {MaxCost.Seconds - s_spent:F0}; unset it, and all tests run");
            s_spent += seconds;
        }
    }
}
