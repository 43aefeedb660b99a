namespace MedBench.Cli.Bench;

/// <summary>What was measured of a work.</summary>
/// <param name="Work">The work.</param>
/// <param name="Seconds">Median seconds of doing it once.</param>
/// <param name="Value">The figure for readers.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Remark">What else was measured.</param>
internal sealed record BenchFigure(BenchWork Work, double Seconds, double Value, string Unit, string Remark = "")
{
    /// <summary>Seconds of the peer for the same work; null if it was not asked or does not know the work.</summary>
    public double? PeerSeconds { get; init; }

    /// <summary>How often a step waits for the GPU; null where that was not counted.</summary>
    public double? HostSyncsPerStep { get; init; }

    /// <summary>The peer's time over ours: above 1, ours is faster.</summary>
    public double? Ratio => PeerSeconds / Seconds;

    /// <summary>Images a second.</summary>
    public static BenchFigure Rate(BenchWork work, double seconds, int images, string remark = "") => new(work, seconds, images / seconds, "img/s", remark);

    /// <summary>Milliseconds.</summary>
    public static BenchFigure Time(BenchWork work, double seconds, string remark = "") => new(work, seconds, 1000 * seconds, "ms", remark);
}
