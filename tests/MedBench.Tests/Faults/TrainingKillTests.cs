using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace MedBench.Tests.Faults;

/// <summary>SIGKILL at random points of <c>medbench run</c>: checkpoints and feature caches hold, and the end is the same to the bit.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Fault")]
public sealed class TrainingKillTests(ITestOutputHelper output) : IDisposable
{
    // The demo's recipe, cut down to what a test can wait for: 2 epochs of 3 iterations.
    private const string Methods = """
        knn: { neighbours: 3, frozen-encoder: eval, batch-size: 80 }
        from-scratch:
          encoder: &adam { algorithm: adam, learning-rate: 1.0e-3, weight-decay: 0, schedule: { kind: cosine, epochs: 2 } }
          classifier: *adam
          batch-size: 8
          epochs: 2
          selection: { metric: accuracy }
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Training_KilledAgainAndAgain_EndsWithTheSameBits() => Carry("training runs", 7, "from-scratch", "--subset", "5-shot");

    [SkippableFact]
    public void Features_KilledAgainAndAgain_EndWithTheSameBits() => Carry("feature caches", 3, "knn", "--weights", "formula");

    private void Carry(string name, int share, string method, params string[] options)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs SIGKILL and its exit code: run the tests on Linux or macOS");
        string recipe = _folder.Write("killed.yaml", SmallYaml.Recipe("killed", Methods)), results = _folder.File("results"), cache = _folder.File("cache");
        var environment = new Dictionary<string, string>
        {
            ["MEDBENCH_CACHE"] = cache,
            ["MEDBENCH_CHECKPOINT_SECONDS"] = "0",
            ["HF_HUB_OFFLINE"] = "1",
            ["OMP_NUM_THREADS"] = "1",
        };
        (string Metrics, byte[] Predictions)? expected = null;
        new KillPlan
        {
            Name = name,
            Share = share,
            Start = () => Victim.MedBench(environment, ["run", "--dataset", "synthetic", "--size", "16", "--model", "resnet18.cifar", "--method", method, "--recipe", recipe, "--seeds", "0", "--threads", "1", "--results", results, .. options]),
            AfterKill = () =>
            {
                // Killing again and again never fills the disk: no more than one temporary of each kind.
                string[] left = Directory.Exists(results) ? Directory.GetFileSystemEntries(results, ".*.tmp", SearchOption.AllDirectories) : [];
                Assert.InRange(left.Length, 0, 2);
            },
            AfterEnd = () =>
            {
                var found = Outcome(results);
                expected ??= found;
                Assert.Equal(expected.Value.Metrics, found.Metrics);
                Assert.Equal(expected.Value.Predictions, found.Predictions);
                Assert.Empty(Directory.GetFileSystemEntries(results, ".*.tmp", SearchOption.AllDirectories));
                Assert.Empty(Directory.Exists(Path.Combine(results, ".checkpoints")) ? Directory.GetFiles(Path.Combine(results, ".checkpoints")) : []);
            },
            Reset = () =>
            {
                Directory.Delete(results, recursive: true);
                Directory.Delete(cache, recursive: true);
            },
        }.Carry(output);
    }

    private static (string Metrics, byte[] Predictions) Outcome(string results)
    {
        string run = Assert.Single(Directory.GetDirectories(results), d => !Path.GetFileName(d).StartsWith('.'));
        var result = JsonNode.Parse(File.ReadAllBytes(Path.Combine(run, "result.json")))!;
        string told = $"{result["spec"]!.ToJsonString()}\n{result["metrics"]!.ToJsonString()}\n{result["evaluations"]!.ToJsonString()}\n{File.ReadAllText(Path.Combine(run, "train.log"))}";
        return (told, File.ReadAllBytes(Path.Combine(run, "predictions.npz")));
    }
}
