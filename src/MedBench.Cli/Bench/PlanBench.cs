using System.Diagnostics;
using MedBench.Claims;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Cli.Bench;

/// <summary>
/// Measures how soon <c>medbench</c> answers beside many finished runs: each command in a process of its own, its start included. The store is
/// made up: the first runs of the declared cells, each with the metrics and evaluations of a kept record.
/// </summary>
internal sealed class PlanBench(int runs = 5000)
{
    private const int Times = 3;
    private const string Results = "results", Experiments = "experiments";
    private static readonly string[][] s_commands = [["run", Experiments, "--dry-run"], ["plan", Experiments, "--shards", "8"]];

    /// <summary>Median seconds of each command.</summary>
    /// <exception cref="MedBenchException">A command failed.</exception>
    public IEnumerable<BenchFigure> Measure()
    {
        string folder = Directory.CreateTempSubdirectory("medbench-bench").FullName;
        try
        {
            Fill(Path.Combine(folder, Results));
            foreach (string[] command in s_commands)
            {
                double[] seconds = [.. Enumerable.Range(0, Times).Select(_ => Seconds(command, folder)).Order()];
                yield return new BenchFigure(new BenchWork("start", $"medbench {command[0]}"), seconds[Times / 2], seconds[Times / 2], "s", $"{runs} finished runs; {seconds[0]:F2} to {seconds[^1]:F2} s");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Fill(string store)
    {
        var book = Book.Open();
        var specs = from cell in book.Experiments.SelectMany(e => e.Cells).DistinctBy(c => c.Id)
                    where cell.Run.Dataset.Files.Count > 0
                    from seed in cell.Seeds
                    select RunSpec.Of(cell.Run, cell.Run.Dataset.File(cell.Run.Size).Md5, cell.NeedsCheckpoint ? WeightsId.Checkpoint(cell.Run.Model.Hub!.Sha256 ?? new string('0', 64)) : WeightsId.Initialised, seed);
        var template = book.KeptRecords.First();
        foreach (var spec in specs.Take(runs))
            AtomicFile.WriteText(Path.Combine(store, spec.Id, "result.json"), StrictJson.Write(template with { Id = spec.Id, Spec = spec }));
    }

    private static double Seconds(string[] command, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Host(), .. command, "--results", Results]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        long begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return process.ExitCode == 0 ? seconds : throw new MedBenchException($"medbench {string.Join(' ', command)} failed: {errors.Result.TrimEnd()}", "run it by hand");
    }

    // Started as `dotnet medbench.dll`, or as itself.
    private static string[] Host() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(PlanBench).Assembly.Location] : [];
}
