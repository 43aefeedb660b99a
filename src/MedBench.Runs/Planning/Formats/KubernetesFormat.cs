using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Runs.Planning.Formats;

/// <summary>An indexed Job as a kustomization: <c>kubectl apply --server-side -k FOLDER</c>. Base and components are those of <c>deploy/kubernetes</c>.</summary>
public sealed class KubernetesFormat : IPlanFormat
{
    private static readonly string[] s_fixed =
    [
        "base/kustomization.yaml", "base/job.yaml", "base/volumes.yaml",
        "components/fill-caches/kustomization.yaml", "components/own-volumes/kustomization.yaml", "components/runtime-class/kustomization.yaml",
    ];

    // An object may have 1.5 MiB in etcd, and a ConfigMap's data 1 MiB (https://kubernetes.io/docs/concepts/configuration/configmap/).
    private const int MostBytes = 1 << 20;

    /// <inheritdoc/>
    public string Name => "kubernetes";

    /// <summary>A Job with a limit of failures for each index takes 100,000.</summary>
    public int MostShards => 100_000;

    /// <inheritdoc/>
    /// <exception cref="MedBenchException">The plan is larger than a ConfigMap may be.</exception>
    public IReadOnlyList<PlanFile> Files(WorkPlan plan)
    {
        int bytes = Encoding.UTF8.GetByteCount(StrictJson.Write(plan));
        if (bytes > MostBytes)
            throw new MedBenchException($"plan.json has {bytes} bytes: a ConfigMap takes {MostBytes}", "plan a part of the cells with --filter, one dataset after the other, or use --format slurm or shell");
        bool gpu = plan.Device == "cuda";
        return
        [
            .. s_fixed.Select(name => new PlanFile(name, PlanFormats.Text($"kubernetes/{name}"))),
            new("kustomization.yaml", PlanFormats.Fill("kustomization.yaml",
                ("SHARDS", plan.Shards.Count), ("PARALLEL", Math.Min(plan.Shards.Count, 8)), ("DEVICE", plan.Device), ("GPU", gpu ? "1" : "0"),
                // Where the runtime is NVIDIA's by default, the image's NVIDIA_VISIBLE_DEVICES=all would show every GPU to a pod that asks for none.
                ("ENVIRONMENT", gpu ? "[]" : "[{ name: NVIDIA_VISIBLE_DEVICES, value: void }]"))),
        ];
    }
}
