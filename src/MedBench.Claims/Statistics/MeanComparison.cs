using MathNet.Numerics.Distributions;

namespace MedBench.Claims.Statistics;

/// <summary>The difference of two means with its error, and the t tests that follow from them.</summary>
/// <param name="Difference">First minus second.</param>
/// <param name="StandardError">Of the difference, at least 0.</param>
/// <param name="DegreesOfFreedom">Of the standard error, above 0; need not be whole.</param>
public sealed record MeanComparison(double Difference, double StandardError, double DegreesOfFreedom)
{
    /// <summary>One common standard deviation for both samples (Student).</summary>
    /// <param name="difference">First minus second mean.</param>
    /// <param name="std">The common standard deviation.</param>
    /// <param name="degreesOfFreedom">Of <paramref name="std"/>.</param>
    /// <param name="firstCount">Runs behind the first mean.</param>
    /// <param name="secondCount">Runs behind the second mean.</param>
    public static MeanComparison Common(double difference, double std, double degreesOfFreedom, int firstCount, int secondCount) =>
        new(difference, std * Math.Sqrt(1.0 / firstCount + 1.0 / secondCount), degreesOfFreedom);

    /// <summary>Two samples of at least two runs each, variances taken as equal.</summary>
    public static MeanComparison Pooled(SampleSummary first, SampleSummary second)
    {
        var spread = PooledSpread.OfSummaries([first, second]);
        return Common(first.Mean - second.Mean, spread.Std, spread.DegreesOfFreedom, first.Count, second.Count);
    }

    /// <summary>Two samples of at least two runs each, variances not taken as equal (Welch-Satterthwaite).</summary>
    public static MeanComparison Welch(SampleSummary first, SampleSummary second)
    {
        double a = SquaredError(first), b = SquaredError(second);
        double freedom = a + b == 0
            ? first.Count + second.Count - 2
            : (a + b) * (a + b) / (a * a / (first.Count - 1) + b * b / (second.Count - 1));
        return new MeanComparison(first.Mean - second.Mean, Math.Sqrt(a + b), freedom);
    }

    /// <summary>Two-sided interval for the difference.</summary>
    /// <param name="level">Coverage, for example 0.95.</param>
    public Interval Interval(double level)
    {
        double half = Quantile((1 + level) / 2) * StandardError;
        return new Interval(Difference - half, Difference + half);
    }

    /// <summary>p of "no difference", two-sided.</summary>
    public double DifferenceP => Math.Min(1, 2 * UpperTail(Math.Abs(Difference)));

    /// <summary>p of two one-sided tests: small means that the true difference lies inside ±<paramref name="margin"/>.</summary>
    public double EquivalenceP(double margin) => UpperTail(margin - Math.Abs(Difference));

    /// <summary>p of "the true difference is at most ±<paramref name="margin"/>", two-sided: small means that it is larger.</summary>
    public double ExceedanceP(double margin) => Math.Min(1, 2 * UpperTail(Math.Abs(Difference) - margin));

    /// <summary>The smallest margin at which two one-sided tests could succeed, were the means equal.</summary>
    public double MinimumDetectableMargin(double alpha) => Quantile(1 - alpha) * StandardError;

    private static double SquaredError(SampleSummary s)
    {
        double std = s.Std ?? throw new ArgumentException("needs at least two runs", nameof(s));
        return std * std / s.Count;
    }

    private double Quantile(double p) => StudentT.InvCDF(0, 1, DegreesOfFreedom, p);

    // P(T > distance / error); without any error the answer is certain, and a tie is no evidence.
    private double UpperTail(double distance) => StandardError > 0
        ? StudentT.CDF(0, 1, DegreesOfFreedom, -distance / StandardError)
        : distance > 0 ? 0 : 1;
}
