namespace MedBench.Claims.Statistics;

/// <summary>The runs of one cell (for example one dataset and model) at every setting of a sweep.</summary>
/// <param name="Settings">By setting, in the order of the sweep: at least one run each.</param>
public sealed record SweepCell(IReadOnlyList<IReadOnlyList<double>> Settings)
{
    /// <summary>Mean at each setting.</summary>
    public double[] Means() => [.. Settings.Select(runs => runs.Average())];
}
