using System.Diagnostics;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace MedBench.Tests.Ci;

/// <summary>eng/fill-caches.sh with the real <c>medbench run</c> and a <c>medbench data get</c> and <c>models get</c> that only say what was asked of them.</summary>
public sealed class FillCachesTests : IDisposable
{
    private const string Experiment = """
        schema: 1
        version: 1
        paper: doerrich2025
        title: t
        question: q
        source: s
        grids:
          - { tier: gpu, datasets: [breastmnist], sizes: [28], models: [resnet18.a1_in1k, densenet121.ra_in1k], methods: [knn] }

        """;

    private const string MedBench = """
        if [ "$1" = run ]; then exec "$DOTNET" "$MEDBENCH_DLL" "$@"; fi
        echo "$*" >> asked
        if [ "$1" = data ]; then mkdir -p data && : > "data/$3.npz"; fi
        exit "$GET_STATUS"
        """;

    private readonly TestFolder _folder = new();

    public FillCachesTests()
    {
        _folder.Write("grid.yaml", Encoding.UTF8.GetBytes(Experiment));
        _folder.Write("medbench.sh", Encoding.UTF8.GetBytes(MedBench.ReplaceLineEndings("\n")));
    }

    public void Dispose() => _folder.Dispose();

    // A cell names its data first, and its checkpoint once the data is there.
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    public void Script_CellsWithoutDataAndCheckpoint_AsksOnceForEach(int status)
    {
        Assert.Equal(status, Run(status, "grid.yaml"));
        Assert.Equal(["data get breastmnist --size 28", "models get densenet121.ra_in1k", "models get resnet18.a1_in1k"], File.ReadLines(_folder.File("asked")));
    }

    [SkippableFact]
    public void Script_PlanCannotBeMade_FailsAsItDoes()
    {
        Assert.Equal(2, Run(0, "none.yaml"));
        Assert.False(File.Exists(_folder.File("asked")));
    }

    [Fact]
    public void Reproduce_Shard_FillsItsCachesBeforeItRuns()
    {
        var job = Workflow.All.Single(w => w.Name == "reproduce.yml").Jobs.Single(j => j.Name == "shard").Job;
        var scripts = ((YamlSequenceNode)job["steps"]).Select(step => Workflow.Value((YamlMappingNode)step, "run") ?? "").ToList();
        int fill = scripts.FindIndex(s => s.Contains("eng/fill-caches.sh --plan plan/plan.json --shard \"$SHARD\"", StringComparison.Ordinal));
        Assert.InRange(fill, 0, scripts.FindIndex(s => s.Contains("eng/slice.sh", StringComparison.Ordinal)));
    }

    private int Run(int status, string path)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs bash: run it on Linux or macOS");
        var start = new ProcessStartInfo("bash", [Repository.File("eng/fill-caches.sh"), path]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true };
        var variables = new Dictionary<string, string>
        {
            ["MEDBENCH"] = "bash medbench.sh",
            ["MEDBENCH_DLL"] = Path.Combine(AppContext.BaseDirectory, "medbench.dll"),
            ["DOTNET"] = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["GET_STATUS"] = $"{status}",
            ["MEDMNIST_ROOT"] = _folder.File("data"),
            ["MEDBENCH_CACHE"] = _folder.File("cache"),
            ["HF_HUB_CACHE"] = _folder.File("hub"),
            ["OMP_NUM_THREADS"] = "1",
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        start.Environment.Remove("MEDBENCH_WEIGHTS");
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
