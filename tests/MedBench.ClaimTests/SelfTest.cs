using System.Diagnostics;

namespace MedBench.ClaimTests;

/// <summary>These tests run once more in a process of their own, on other expectations.</summary>
internal static class SelfTest
{
    public static (int ExitCode, string Output) Run(ExpectedFolder expected, string filter, params IReadOnlyList<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["vstest", typeof(Session).Assembly.Location, $"--TestCaseFilter:{filter}"])
            start.ArgumentList.Add(argument);
        // What was set for this run, or was run by the developer, must not count there.
        foreach (string inherited in (string[])["MEDBENCH_TIER", "MEDBENCH_MAX_COST", "MEDBENCH_RECOMPUTE", "MEDBENCH_EXPERIMENTS"])
            start.Environment.Remove(inherited);
        start.Environment["MEDBENCH_EXPECTED"] = expected.Path;
        start.Environment["MEDBENCH_RESULTS"] = Path.Combine(expected.Path, "no-results");
        start.Environment["MEDBENCH_SUMMARY"] = expected.Summary;
        // A diff tool must not open over a tampered copy.
        start.Environment["DiffEngine_Disabled"] = "true";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
