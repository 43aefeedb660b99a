using System.Diagnostics;

namespace MedBench.Tests.Cli.Runs;

/// <summary>What a scheduler sends before it takes a machine away.</summary>
public sealed class SignalTests : IDisposable
{
    // Hours of work, and no checkpoint in the first of them but the one that a signal asks for.
    private const string Methods = """
        from-scratch:
          encoder: &adam { algorithm: adam, learning-rate: 1.0e-3, weight-decay: 0, schedule: { kind: constant } }
          classifier: *adam
          batch-size: 8
          epochs: 100000
          selection: { metric: accuracy }
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("USR1", 1, 75)]
    [InlineData("TERM", 3, 75)]
    [InlineData("INT", 1, 130)]
    public async Task Run_Signal_SavesACheckpointAndEndsWithItsCode(string signal, int times, int code)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals: run the tests on Linux or macOS");
        Skip.If(signal == "INT" && IsInterruptIgnored(), "SIGINT is ignored by whatever started these tests, as a shell does for a job in the background: run them in the foreground");
        string recipe = _folder.Write("stopped.yaml", SmallYaml.Recipe("stopped", Methods)), results = _folder.File("results");
        string[] arguments = ["run", "--dataset", "synthetic", "--size", "16", "--model", "resnet18.cifar", "--method", "from-scratch", "--recipe", recipe, "--seeds", "0", "--threads", "1", "--subset", "5-shot", "--results", results];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "medbench.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MEDBENCH_CACHE"] = _folder.File("cache");
        start.Environment["MEDBENCH_CHECKPOINT_SECONDS"] = "86400";
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            // The right to compute it is taken: the run has begun.
            string locks = Path.Combine(results, ".locks");
            while (!process.HasExited && !(Directory.Exists(locks) && Directory.EnumerateFiles(locks).Any())) await Task.Delay(50, limit.Token);
            // A process and its group are often signalled both.
            string kills = string.Join("; ", Enumerable.Repeat($"kill -{signal} {process.Id}", times));
            using (var sh = Process.Start("sh", ["-c", kills])) await sh.WaitForExitAsync(limit.Token);
            string rest = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);

            Assert.Equal(code, process.ExitCode);
            Assert.Contains("fix: the same command goes on from where it was", rest, StringComparison.Ordinal);
            Assert.Single(Directory.GetFiles(Path.Combine(results, ".checkpoints"), "*.safetensors"));
            Assert.Empty(Directory.GetFileSystemEntries(results, ".*.tmp", SearchOption.AllDirectories));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    // A child inherits what its parent ignores. Bit 1 of the mask is signal 2.
    private static bool IsInterruptIgnored() => File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal)) is var line
        && (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0;
}
