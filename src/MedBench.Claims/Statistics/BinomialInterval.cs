using MathNet.Numerics.Distributions;

namespace MedBench.Claims.Statistics;

/// <summary>
/// Sampling noise of an accuracy: what other patients from the same source would give. Never to be mixed with the noise between
/// seeds on one test set, by which "reproduced" is judged.
/// </summary>
public static class BinomialInterval
{
    /// <summary>Two-sided score interval for a share (Wilson 1927), without continuity correction.</summary>
    /// <param name="share">Successes by trials, in [0, 1]; a mean over seeds need not be a whole number of successes.</param>
    /// <param name="trials">At least 1; need not be whole where trials hang together.</param>
    /// <param name="level">Coverage, for example 0.95.</param>
    public static Interval Wilson(double share, double trials, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        double z = Normal.InvCDF(0, 1, (1 + level) / 2), shrink = 1 + z * z / trials;
        double centre = (share + z * z / (2 * trials)) / shrink;
        double half = z / shrink * Math.Sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials));
        return new Interval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
