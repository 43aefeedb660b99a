using MathNet.Numerics.Distributions;

namespace MedBench.Claims.Statistics;

/// <summary>
/// Sampling noise of an accuracy: what other patients from the same source would give. Never to be mixed with the noise between
/// seeds on one test set, by which "reproduced" is judged.
/// </summary>
public static class BinomialInterval
{
    /// <summary>Exact two-sided interval for a share (Clopper and Pearson 1934).</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="level">Coverage, for example 0.95.</param>
    public static Interval Exact(int successes, int trials, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double tail = (1 - level) / 2;
        return new Interval(
            successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, tail),
            successes == trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - tail));
    }
}
