using MathNet.Numerics.Distributions;

namespace MedBench.Claims.Statistics;

/// <summary>Size, mean and spread of some runs.</summary>
/// <param name="Count">Runs, at least 1.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Std">Sample standard deviation (divisor n − 1); null where it is unknown, as for one run.</param>
public sealed record SampleSummary(int Count, double Mean, double? Std)
{
    /// <summary>Standard deviation with divisor n (NumPy's default); null where <see cref="Std"/> is.</summary>
    public double? PopulationStd => Std * Math.Sqrt((Count - 1.0) / Count);

    /// <summary>Summary of raw runs; at least one.</summary>
    public static SampleSummary Of(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double mean = values.Average();
        double? std = values.Count < 2 ? null : values.All(v => v == values[0]) ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
        return new SampleSummary(values.Count, mean, std);
    }

    /// <summary>Two-sided Student interval for the mean, or null with fewer than two runs.</summary>
    /// <param name="level">Coverage, for example 0.95.</param>
    public Interval? MeanInterval(double level)
    {
        if (Std is not { } std || Count < 2)
            return null;
        double half = StudentT.InvCDF(0, 1, Count - 1, (1 + level) / 2) * std / Math.Sqrt(Count);
        return new Interval(Mean - half, Mean + half);
    }

    /// <summary>Two-sided chi-square interval for the standard deviation, or null with fewer than two runs.</summary>
    /// <param name="level">Coverage, for example 0.95.</param>
    public Interval? StdInterval(double level)
    {
        if (Std is not { } std || Count < 2)
            return null;
        int freedom = Count - 1;
        double Bound(double p) => std * Math.Sqrt(freedom / ChiSquared.InvCDF(freedom, p));
        return new Interval(Bound((1 + level) / 2), Bound((1 - level) / 2));
    }
}
