namespace MedBench.Runs.Planning.Formats;

/// <summary>An indexed Job as a kustomization: <c>kubectl apply -k FOLDER</c>. The base is that of <c>deploy/kubernetes/base</c>.</summary>
public sealed class KubernetesFormat : IPlanFormat
{
    private static readonly string[] s_base = ["kustomization.yaml", "job.yaml", "volumes.yaml"];

    /// <inheritdoc/>
    public string Name => "kubernetes";

    /// <summary>A Job with a limit of failures for each index takes 100,000.</summary>
    public int MostShards => 100_000;

    /// <inheritdoc/>
    public IReadOnlyList<PlanFile> Files(WorkPlan plan) =>
    [
        .. s_base.Select(name => new PlanFile($"base/{name}", PlanFormats.Text($"kubernetes/base/{name}"))),
        new("kustomization.yaml", PlanFormats.Fill("kustomization.yaml", ("SHARDS", plan.Shards.Count), ("PARALLEL", Math.Min(plan.Shards.Count, 8)), ("DEVICE", plan.Device), ("GPU", plan.Device == "cuda" ? "1" : "0"))),
    ];
}
