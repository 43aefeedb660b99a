using System.Diagnostics;
using System.Text.Json;

namespace MedBench.Tests.Ci;

/// <summary>The rehearsal of <c>eng/gpu-check.sh</c> on this machine's CPU: a typo must not cost a GPU's minutes.</summary>
public sealed class GpuCheckTests
{
    private static readonly string[] s_parts = ["doctor", "parity", "bench-224", "bench-518", "out-of-memory", "after-it", "probe", "train-killed", "train-synthetic", "verify"];

    [SkippableFact]
    public async Task GpuCheck_QuickOnACpu_GoesThroughEveryPart()
    {
        using var folder = new TestFolder();
        var (check, output) = await RunAsync(folder, limit: 1200);
        var parts = check.GetProperty("parts").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!);
        Assert.Equal(s_parts, parts.Keys);
        // Without data the probe has nothing to do, and says so; the killed training is stopped on purpose.
        Assert.All(s_parts.Except(["probe", "train-killed", "doctor", "after-it"]), name => Assert.True(parts[name].GetProperty("exitCode").GetInt32() == 0, $"{name}: {parts[name]}"));
        Assert.All(parts["parity"].GetProperty("data").GetProperty("figures").EnumerateArray().Where(f => f.GetProperty("work").GetProperty("name").GetString() == "parity"), f => Assert.InRange(f.GetProperty("value").GetDouble(), 0, 1e-4));
        Assert.Contains("| train-synthetic | exit code 0 |", output);
        string page = await File.ReadAllTextAsync(folder.File("gpu-check.md"));
        Assert.Contains("# gpu-check on cpu (quick", page);
        Assert.Contains("Host synchronisations a step (libtorch's own count, ten steps): not measured.", page);
        Assert.Equal(JsonValueKind.Null, check.GetProperty("hostSyncsPerStep").ValueKind);
    }

    [SkippableFact]
    public async Task GpuCheck_WhoseTimeIsOver_StartsNothingMoreAndStillReports()
    {
        using var folder = new TestFolder();
        var (check, output) = await RunAsync(folder, limit: 3);
        var parts = check.GetProperty("parts").EnumerateArray().ToList();
        Assert.Equal("doctor", parts[0].GetProperty("name").GetString());
        Assert.All(parts.Skip(2), part => Assert.True(part.GetProperty("stopped").GetBoolean() && part.GetProperty("seconds").GetDouble() == 0, part.ToString()));
        Assert.Contains("bench-518: not started", output);
    }

    private static async Task<(JsonElement Check, string Output)> RunAsync(TestFolder folder, int limit)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/python3"), "is for Linux with a Python");
        var start = new ProcessStartInfo("bash", [
            Repository.File("eng/gpu-check.sh"), "--device", "cpu", "--quick", "--out", folder.Path, "--python", "/usr/bin/python3", "--limit", $"{limit}",
            "--medbench", $"{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"} {Path.Combine(AppContext.BaseDirectory, "medbench.dll")}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MEDBENCH_CACHE"] = folder.File("cache");
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        using var check = JsonDocument.Parse(File.ReadAllBytes(folder.File("gpu-check.json")));
        return (check.RootElement.Clone(), output);
    }
}
