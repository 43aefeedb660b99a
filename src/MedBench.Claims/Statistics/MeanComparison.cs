using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

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

    /// <summary>A mean of <paramref name="count"/> runs against a number taken as fixed.</summary>
    /// <param name="difference">Mean minus the number.</param>
    /// <param name="spread">Of one run.</param>
    /// <param name="count">Runs behind the mean.</param>
    public static MeanComparison AgainstFixed(double difference, Spread spread, int count) =>
        new(difference, spread.Std / Math.Sqrt(count), spread.DegreesOfFreedom);

    /// <summary>The mean of paired differences against zero, by their own spread.</summary>
    /// <param name="differences">At least two.</param>
    public static MeanComparison Paired(IReadOnlyList<double> differences)
    {
        var summary = SampleSummary.Of(differences);
        double std = summary.Std ?? throw new ArgumentException("needs at least two pairs", nameof(differences));
        return new MeanComparison(summary.Mean, std / Math.Sqrt(summary.Count), summary.Count - 1);
    }

    /// <summary>The mean of independent differences: SE² = ΣSEᵢ²/K², degrees of freedom by Satterthwaite (1946).</summary>
    /// <param name="differences">At least one.</param>
    /// <param name="most">No more degrees of freedom than this: where the errors share a prior, those of all runs together.</param>
    public static MeanComparison MeanOf(IReadOnlyList<MeanComparison> differences, double most = double.PositiveInfinity)
    {
        ArgumentOutOfRangeException.ThrowIfZero(differences.Count);
        double[] squares = [.. differences.Select(d => d.StandardError * d.StandardError)];
        double sum = squares.Sum(), least = differences.Min(d => d.DegreesOfFreedom);
        double freedom = sum == 0 ? least : sum * sum / differences.Zip(squares, (d, square) => square * square / d.DegreesOfFreedom).Sum();
        return new MeanComparison(differences.Average(d => d.Difference), Math.Sqrt(sum) / differences.Count, Math.Min(freedom, most));
    }

    /// <summary>Two-sided interval for the true difference.</summary>
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

    /// <summary>p of "the true difference is at most <paramref name="least"/>", one-sided: small means that it is larger.</summary>
    public double GreaterP(double least) => UpperTail(Difference - least);

    /// <summary>P(|true difference| ≤ <paramref name="margin"/>) under the reference prior: F((M − D)/SE) − F((−M − D)/SE). Context, no test.</summary>
    public double PosteriorWithin(double margin) => StandardError > 0
        ? StudentT.CDF(0, 1, DegreesOfFreedom, (margin - Difference) / StandardError) - StudentT.CDF(0, 1, DegreesOfFreedom, (-margin - Difference) / StandardError)
        : Math.Abs(Difference) <= margin ? 1 : 0;

    /// <summary>The true difference that a two-sided test at <paramref name="alpha"/> would have noticed with probability <paramref name="power"/>.</summary>
    public double DetectableShift(double alpha, double power) => NoncentralT.Detectable(DegreesOfFreedom, alpha, power) * StandardError;

    /// <summary>Probability that two one-sided tests at <paramref name="alpha"/> succeed, were the true difference zero: integrated over the error that would be observed.</summary>
    public double EquivalencePower(double margin, double alpha)
    {
        if (StandardError == 0)
            return 1;
        // u is the observed error by the true one; beyond the last u no difference would do. Its density is that of √(χ²/ν).
        double shift = margin / StandardError, quantile = Quantile(1 - alpha), half = DegreesOfFreedom / 2, reach = 10 / Math.Sqrt(2 * DegreesOfFreedom);
        double first = Math.Max(0, 1 - reach), last = Math.Min(shift / quantile, 1 + reach);
        double logScale = Math.Log(2) + half * Math.Log(half) - SpecialFunctions.GammaLn(half);
        double Density(double u) => Math.Exp(logScale + (DegreesOfFreedom - 1) * Math.Log(u) - half * u * u);
        return last <= first ? 0 : GaussLegendreRule.Integrate(u => Density(u) * (2 * Normal.CDF(0, 1, shift - quantile * u) - 1), first, last, 128);
    }

    /// <summary>The smallest margin at which two one-sided tests could succeed, were the means equal.</summary>
    public double MinimumDetectableMargin(double alpha) => Quantile(1 - alpha) * StandardError;

    private double Quantile(double p) => StudentT.InvCDF(0, 1, DegreesOfFreedom, p);

    // P(T > distance / error); without any error the answer is certain, and a tie is no evidence.
    private double UpperTail(double distance) => StandardError > 0
        ? StudentT.CDF(0, 1, DegreesOfFreedom, -distance / StandardError)
        : distance > 0 ? 0 : 1;
}
