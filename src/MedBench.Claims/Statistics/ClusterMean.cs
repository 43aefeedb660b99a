using MathNet.Numerics.Distributions;

namespace MedBench.Claims.Statistics;

/// <summary>
/// A mean over values that come in groups, such as the images of a patient: groups, not values, are taken for independent. With one value a group it is the ordinary mean with its
/// ordinary standard error.
/// </summary>
/// <param name="Mean">The mean over all values, so that a group counts as often as it has values.</param>
/// <param name="Values">How many values, at least 1.</param>
/// <param name="Groups">How many groups, at least 1.</param>
/// <param name="StandardError">Linearised (Liang and Zeger 1986), with the factor m / (m − 1) for m groups; null of one group.</param>
public sealed record ClusterMean(double Mean, int Values, int Groups, double? StandardError)
{
    /// <summary>Sums up.</summary>
    /// <param name="values">For each value its group, any number, and itself; at least one.</param>
    public static ClusterMean Of(IReadOnlyCollection<(int Group, double Value)> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double mean = values.Average(v => v.Value);
        double[] sums = [.. values.GroupBy(v => v.Group).Select(g => g.Sum(v => v.Value - mean))];
        double groups = sums.Length;
        return new ClusterMean(mean, values.Count, sums.Length, sums.Length < 2 ? null : Math.Sqrt(groups / (groups - 1) * sums.Sum(s => s * s)) / values.Count);
    }

    /// <summary>Two-sided interval by Student's t with one degree of freedom less than there are groups (Cameron and Miller 2015, J. Human Resources 50:317); null of one group.</summary>
    /// <param name="level">Coverage, for example 0.95.</param>
    public Interval? Interval(double level)
    {
        if (StandardError is not { } error) return null;
        double half = StudentT.InvCDF(0, 1, Groups - 1, (1 + level) / 2) * error;
        return new Interval(Mean - half, Mean + half);
    }

    /// <summary>
    /// Of zeros and ones: Wilson's interval of so many independent values as these are worth, which is their number by the design effect (Rao and Scott 1992, Biometrics 48:577), at least 1:
    /// groups never make it narrower. Where all values are equal, each group is taken for one value; so is one group alone.
    /// </summary>
    /// <param name="level">Coverage, for example 0.95.</param>
    public Interval Share(double level)
    {
        double binomial = Mean * (1 - Mean) / Values;
        double worth = StandardError is { } error && binomial > 0 ? Values / Math.Max(1, error * error / binomial) : Groups;
        return BinomialInterval.Wilson(Mean, Math.Max(1, worth), level);
    }
}
