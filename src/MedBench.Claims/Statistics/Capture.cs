using MathNet.Numerics.Distributions;

namespace MedBench.Claims.Statistics;

/// <summary>How many of some numbers lie in their prediction intervals, against how many should.</summary>
/// <param name="Inside">Numbers inside.</param>
/// <param name="Of">Numbers in all, at least 1.</param>
/// <param name="Level">Coverage of each interval, for example 0.95.</param>
public sealed record Capture(int Inside, int Of, double Level)
{
    /// <summary>Expected number inside.</summary>
    public double Expected => Level * Of;

    /// <summary>P(so few inside, or fewer), were every interval right: P(Bin(<see cref="Of"/>, <see cref="Level"/>) ≤ <see cref="Inside"/>).</summary>
    public double P => Inside == Of ? 1 : Binomial.CDF(Level, Of, Inside);
}
