namespace MedBench.Runs.Planning.Formats;

/// <summary>A script for any machine: <c>run.sh</c> runs the shards that it is given, or all.</summary>
public sealed class ShellFormat : IPlanFormat
{
    /// <inheritdoc/>
    public string Name => "shell";

    /// <inheritdoc/>
    public int MostShards => int.MaxValue;

    /// <inheritdoc/>
    public IReadOnlyList<PlanFile> Files(WorkPlan plan) =>
        [new("run.sh", PlanFormats.Fill("run.sh", ("SHARDS", plan.Shards.Count), ("DEVICE", plan.Device)), Executable: true)];
}
