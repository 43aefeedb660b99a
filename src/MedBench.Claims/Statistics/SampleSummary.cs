namespace MedBench.Claims.Statistics;

/// <summary>Size, mean and spread of some runs.</summary>
/// <param name="Count">Runs, at least 1.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Std">Sample standard deviation (divisor n − 1); null where it is unknown, as for one run.</param>
public sealed record SampleSummary(int Count, double Mean, double? Std)
{
    /// <summary>Summary of raw runs; at least one.</summary>
    public static SampleSummary Of(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double mean = values.Average();
        double? std = values.Count < 2 ? null : values.All(v => v == values[0]) ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
        return new SampleSummary(values.Count, mean, std);
    }
}
