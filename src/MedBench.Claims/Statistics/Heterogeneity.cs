using MathNet.Numerics.Distributions;

namespace MedBench.Claims.Statistics;

/// <summary>Whether some differences are one and the same but for their errors (DerSimonian and Laird 1986).</summary>
/// <param name="Q">Cochran's Q: weighted squared distances from the weighted mean; about its degrees of freedom if they are the same.</param>
/// <param name="DegreesOfFreedom">Differences − 1.</param>
/// <param name="Tau">Standard deviation of the true differences, in their unit; 0 if they vary by no more than chance.</param>
public sealed record Heterogeneity(double Q, int DegreesOfFreedom, double Tau)
{
    /// <summary>p of "all true differences are equal", by the chi-square approximation, which takes the standard errors as known.</summary>
    public double P => DegreesOfFreedom == 0 ? 1 : 1 - ChiSquared.CDF(DegreesOfFreedom, Q);

    /// <summary>Share of the variation that is not chance, in [0, 1] (Higgins and Thompson 2002, I²).</summary>
    public double Share => Q > DegreesOfFreedom ? 1 - DegreesOfFreedom / Q : 0;

    /// <summary>Of differences with their standard errors; at least one, every standard error above 0.</summary>
    public static Heterogeneity Of(IReadOnlyList<MeanComparison> differences)
    {
        ArgumentOutOfRangeException.ThrowIfZero(differences.Count);
        double[] weights = [.. differences.Select(d => 1 / (d.StandardError * d.StandardError))];
        double sum = weights.Sum(), mean = differences.Zip(weights, (d, w) => w * d.Difference).Sum() / sum;
        double q = differences.Zip(weights, (d, w) => w * (d.Difference - mean) * (d.Difference - mean)).Sum();
        int freedom = differences.Count - 1;
        double scale = sum - weights.Sum(w => w * w) / sum;
        return new Heterogeneity(q, freedom, freedom == 0 ? 0 : Math.Sqrt(Math.Max(0, (q - freedom) / scale)));
    }
}
