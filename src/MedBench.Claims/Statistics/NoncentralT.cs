using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace MedBench.Claims.Statistics;

/// <summary>Student's noncentral t distribution: of (Z + δ) / √(V/ν), Z standard normal and V chi-square with ν degrees of freedom. Gives the power of t tests.</summary>
public static class NoncentralT
{
    // Poisson weights that lie farther than this many standard deviations from their mean add less than 1e-16.
    private const double Reach = 10;

    /// <summary>P(T ≤ <paramref name="t"/>), by the series of Lenth (1989, AS 243), summed around its largest term (Benton and Krishnamoorthy 2003).</summary>
    /// <param name="t">Any finite value.</param>
    /// <param name="degreesOfFreedom">Above 0; need not be whole.</param>
    /// <param name="noncentrality">δ, any finite value.</param>
    public static double Cdf(double t, double degreesOfFreedom, double noncentrality)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        if (t < 0)
            return 1 - Cdf(-t, degreesOfFreedom, -noncentrality);
        double sum = Normal.CDF(0, 1, -noncentrality);
        double x = t * t / (t * t + degreesOfFreedom), half = noncentrality * noncentrality / 2;
        if (x == 0)
            return sum;
        int first = Math.Max(0, (int)(half - Reach * Math.Sqrt(half))), last = (int)(half + Reach * (Math.Sqrt(half) + 2));
        for (int j = first; j <= last; j++)
        {
            // Both weights are Poisson's with mean δ²/2: at whole and at half steps. Half of zero steps has the weight 1.
            double logPower = j == 0 ? 0 : j * Math.Log(half);
            double even = Math.Exp(logPower - half - SpecialFunctions.GammaLn(j + 1));
            double odd = noncentrality / Constants.Sqrt2 * Math.Exp(logPower - half - SpecialFunctions.GammaLn(j + 1.5));
            sum += (even * SpecialFunctions.BetaRegularized(j + 0.5, degreesOfFreedom / 2, x)
                + odd * SpecialFunctions.BetaRegularized(j + 1, degreesOfFreedom / 2, x)) / 2;
        }
        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>The noncentrality at which a two-sided t test at <paramref name="alpha"/> rejects with probability <paramref name="power"/>: a shift of that many standard errors would have been noticed.</summary>
    /// <param name="degreesOfFreedom">Above 0.</param>
    /// <param name="alpha">For example 0.05.</param>
    /// <param name="power">Above <paramref name="alpha"/>, below 1; for example 0.8.</param>
    public static double Detectable(double degreesOfFreedom, double alpha, double power)
    {
        double t = StudentT.InvCDF(0, 1, degreesOfFreedom, 1 - alpha / 2);
        double Missing(double shift) => 1 - Cdf(t, degreesOfFreedom, shift) + Cdf(-t, degreesOfFreedom, shift) - power;
        // t + t(power) is near, and twice that is beyond.
        double near = t + StudentT.InvCDF(0, 1, degreesOfFreedom, power);
        return FindRoots.OfFunction(Missing, 0, 2 * near, 1e-9);
    }
}
