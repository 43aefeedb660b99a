using System.Globalization;
using System.Runtime.InteropServices;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Reporting;
using MedBench.Reporting.Exporters;
using MedBench.Runs.Execution;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Training.Features;
using MedBench.Training.Runs;
using TorchSharp;

namespace MedBench.Cli.Runs;

/// <summary>Runs a grid, a line for each cell; what is in the store is not run again, so the same command goes on after any stop.</summary>
internal sealed class GridRun(GridPlan plan, string folder, torch.Device device, string title = "grid")
{
    private readonly PublishedResults _published = PublishedResults.Load();
    private readonly VerdictRules _rules = VerdictRules.Load();
    private readonly ResultsStore _store = new(folder);

    /// <summary>Prints what would be run, what would not and why, and what it would cost.</summary>
    public int Show()
    {
        Listing.Write(["cell", "tier", "seeds missing", "estimate", "obstacle"], plan.Steps.Select(s => (string[])[
            s.Cell.Id, s.Cell.Tier.Name(), $"{s.Missing} of {s.Cell.Seeds.Count}", s.Missing == 0 ? "done" : Durations.Show(s.Seconds), s.Obstacle ?? ""]));
        Summary();
        return ExitCodes.Ok;
    }

    /// <summary>Runs every cell that can be run; one that fails does not stop the others.</summary>
    /// <param name="json">Print the verdicts as JSON at the end, and the lines on standard error.</param>
    /// <param name="cancel">Stops soon.</param>
    /// <returns>The exit code: 2 if a cell failed.</returns>
    public int Run(bool json, CancellationToken cancel)
    {
        Summary();
        using var grid = new GridRunner(new CellRunner(_store, FeatureStore.Default), device);
        using var board = new GridBoard(folder, title, plan);
        var judged = new List<JudgedCell>();
        var runs = new List<RunResult>();
        int failed = 0;
        var line = json ? Console.Error : Console.Out;
        var withOthers = new HashSet<int>();
        var queue = new Queue<(int Number, GridStep Step)>(plan.Steps.Select((step, i) => (i + 1, step)));
        while (queue.TryDequeue(out var next))
        {
            var (number, step) = next;
            string head = $"[{number}/{plan.Steps.Count}] {step.Cell.Id}";
            if (step.Obstacle is not null)
            {
                line.WriteLine($"{head}: not run: {step.Obstacle}");
                continue;
            }
            board.Begin(step);
            try
            {
                var results = step.Missing == 0 ? step.Stored : RunProgress.Show(
                    reporter =>
                    {
                        IProgress<RunStage> OfSeed(int seed) => reporter($"{step.Cell.Id} seed {seed}");
                        return withOthers.Contains(number) ? grid.Run(step.Cell, OfSeed, cancel) : grid.TryRun(step.Cell, OfSeed, cancel);
                    },
                    keep: false);
                if (results is null)
                {
                    // By the time it comes up again, the other process is done, or this one has nothing else to do.
                    line.WriteLine($"{head}: another process is at it; later");
                    withOthers.Add(number);
                    queue.Enqueue(next);
                    board.Pause();
                    continue;
                }
                runs.AddRange(results);
                JudgedCell[] cells = [.. JudgedCell.OfRuns(results, step.Cell.Key, _published, _rules)];
                judged.AddRange(cells);
                line.WriteLine($"{head}: {results.Count} {(results.Count == 1 ? "run" : "runs")}; {string.Join("; ", cells.Select(Describe))}");
                board.End(step);
            }
            // libtorch, out of a device's memory for one.
            catch (Exception e) when (e is MedBenchException or ExternalException)
            {
                failed++;
                board.End(step, failed: true);
                line.WriteLine($"{head}: failed: {e.Message.Split('\n')[0]}; fix: {(e as MedBenchException)?.Fix ?? "use a device with more memory, or leave the cell out by --filter"}");
            }
        }
        var table = ResultTable.Of("Grid", judged, runs.Select(r => r.Environment), _rules);
        if (json) Console.Out.Write(new JsonExporter().Export(table));
        else foreach (string text in table.SummaryLines().Where(t => t.Length > 0)) Console.Out.WriteLine(text);
        return failed == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static string Describe(JudgedCell cell)
    {
        string name = cell.Key.IsOfLastEpoch() ? $"{cell.Key.Metric} of the last epoch" : cell.Key.Metric;
        string printed = cell.Published is { } published ? string.Create(CultureInfo.InvariantCulture, $" (printed {100 * published.Mean:F2})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{name} {100 * cell.Verdict.Ours?.Mean:F2}{printed} {ResultTable.Name(cell.Verdict.Kind)}");
    }

    private void Summary()
    {
        int done = plan.Steps.Count(s => s.Missing == 0), barred = plan.Steps.Count(s => s.Obstacle is not null);
        Terminal.Note($"{plan.Steps.Count} cells: {done} done, {plan.Steps.Count - done - barred} to run (about {Durations.Show(plan.Seconds)}, by {plan.Basis}), {barred} not run here");
    }
}
