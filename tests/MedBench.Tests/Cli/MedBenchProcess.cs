using System.Diagnostics;

namespace MedBench.Tests.Cli;

/// <summary>What <c>medbench</c> left behind.</summary>
internal sealed record MedBenchOutput(int ExitCode, string Out, string Err);

/// <summary>Runs <c>medbench</c> as a process of its own, with all its folders inside one test folder and no network.</summary>
internal static class MedBenchProcess
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    // A test that waits for its process gives its thread to the next test: without this they would all run at once.
    private static readonly SemaphoreSlim s_atOnce = new(Math.Max(2, Environment.ProcessorCount));

    public static async Task<MedBenchOutput> RunAsync(TestFolder folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, TimeSpan? limit = null)
    {
        await s_atOnce.WaitAsync();
        try
        {
            return await RunNowAsync(folder, arguments, environment, limit ?? s_limit);
        }
        finally
        {
            s_atOnce.Release();
        }
    }

    private static async Task<MedBenchOutput> RunNowAsync(TestFolder folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment, TimeSpan limit)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "medbench.dll"), .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var variables = new Dictionary<string, string?>
        {
            ["MEDBENCH_CACHE"] = folder.File("cache"),
            ["MEDMNIST_ROOT"] = folder.File("data"),
            ["MEDBENCH_WEIGHTS"] = null,
            ["MEDBENCH_TRACE"] = null,
            ["HF_HUB_CACHE"] = folder.File("hub"),
            ["HF_HUB_OFFLINE"] = "1",
            ["OMP_NUM_THREADS"] = "1",
        };
        foreach (var (name, value) in variables.Concat(environment ?? new Dictionary<string, string?>())) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"medbench {string.Join(' ', arguments)} ran for more than {limit}");
        }
        // The console's line ends are the system's own.
        return new MedBenchOutput(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await errors).ReplaceLineEndings("\n"));
    }
}
