using System.Diagnostics;

namespace MedBench.Tests.Ci;

/// <summary>eng/slice.sh: work that is left is success until the last slice; a command that was killed before its time never is.</summary>
public sealed class SliceTests
{
    [SkippableTheory]
    [InlineData("", "30s", "exit 0", 0, "")]
    [InlineData("", "30s", "exit 3", 3, "")]
    [InlineData("", "1s", "sleep 20", 0, "1 s are up with work left")]
    [InlineData("--last", "1s", "sleep 20", 75, "Re-run failed jobs")]
    [InlineData("", "30s", "kill -9 $$", 137, "out of memory?")]
    [InlineData("--last", "30s", "kill -9 $$", 137, "out of memory?")]
    [InlineData("", "30s", "exit 75", 75, "stopped by a signal")]
    [InlineData("", "1s", "trap 'exit 75' TERM; sleep 20 & wait", 0, "with work left")]
    [InlineData("", "soon", "exit 0", 2, "write 90m or 30s")]
    public void Slice_Command_EndsAs(string option, string limit, string command, int status, string says)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs GNU timeout, as on the runners of the workflows: run it on Linux");
        string[] arguments = [.. new[] { Repository.File("eng/slice.sh"), option, limit, "bash", "-c", command }.Where(a => a.Length > 0)];
        using var process = Process.Start(new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        Assert.Equal(status, process.ExitCode);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }
}
