using MathNet.Numerics.Statistics;

namespace MedBench.Claims.Statistics;

/// <summary>A closed interval.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The percentile interval of the draws of a bootstrap (quantiles by interpolation: type 7 of Hyndman and Fan).</summary>
    /// <param name="draws">At least one.</param>
    /// <param name="tail">What lies outside on either side, for example 0.025.</param>
    public static Interval OfDraws(IReadOnlyCollection<double> draws, double tail) =>
        new(draws.QuantileCustom(tail, QuantileDefinition.R7), draws.QuantileCustom(1 - tail, QuantileDefinition.R7));

    /// <summary>Whether <paramref name="value"/> lies inside, the ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
