namespace MedBench.Runs.Planning.Formats;

/// <summary>A Slurm array, one task a shard: <c>sbatch medbench.sbatch</c>.</summary>
public sealed class SlurmFormat : IPlanFormat
{
    // An estimate is rough, and a task whose time is up costs only a restart: half as much again, and time to start.
    private const double Margin = 1.5;
    private const int StartMinutes = 10;

    /// <inheritdoc/>
    public string Name => "slurm";

    /// <summary>MaxArraySize of a Slurm that was not configured otherwise is 1001: indices up to 1000.</summary>
    public int MostShards => 1000;

    /// <inheritdoc/>
    public IReadOnlyList<PlanFile> Files(WorkPlan plan) =>
        [new("medbench.sbatch", PlanFormats.Fill("medbench.sbatch",
            ("SHARDS", plan.Shards.Count),
            ("DEVICE", plan.Device),
            ("GPU", plan.Device == "cuda" ? "#SBATCH --gres=gpu:1\n" : ""),
            ("TIME", Time(PlanBalance.Of(plan.Shards).Longest))), Executable: true)];

    /// <summary>The time limit for an estimate: <c>days-hours:minutes:seconds</c>.</summary>
    internal static string Time(double seconds) =>
        TimeSpan.FromMinutes(Math.Ceiling(seconds * Margin / 60) + StartMinutes).ToString(@"d\-hh\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture);
}
