using System.Globalization;
using MedBench.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Cells;
using MedBench.Runs.Execution;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Cli.Runs;

/// <summary>A grid on the terminal: a line for each cell, and the verdicts at the end.</summary>
internal static class GridView
{
    /// <summary>Prints what would be run, what would not and why, and what it would cost.</summary>
    public static int List(GridPlan plan)
    {
        Listing.Write(["cell", "tier", "seeds missing", "estimate", "obstacle"], plan.Steps.Select(s => (string[])[
            s.Cell.Id, s.Cell.Tier.Name(), $"{s.Missing.Count} of {s.Cell.Seeds.Count}", s.IsDone ? "done" : Durations.Show(s.Seconds), s.Obstacle is { } obstacle ? Describe(obstacle) : ""]));
        Summary(plan);
        return ExitCodes.Ok;
    }

    /// <summary>Runs a plan and prints what becomes of each cell.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="run">Runs it, with listeners for the seeds of its steps.</param>
    /// <param name="book">Judges; is given every run.</param>
    /// <param name="store">Folder of the results store.</param>
    /// <param name="json">Print the verdicts as JSON at the end, and the lines on standard error.</param>
    /// <returns>The exit code: 2 if a cell failed.</returns>
    public static int Run(GridPlan plan, Func<Func<GridStep, int, IProgress<RunStage>>, IEnumerable<GridOutcome>> run, Book book, string store, bool json)
    {
        Summary(plan);
        var line = json ? Console.Error : Console.Out;
        var runs = new List<RunResult>();
        int failed = 0;
        Func<string, IProgress<RunStage>> reporter = null!;
        using var outcomes = run((step, seed) => reporter($"{step.Cell.Id} seed {seed}")).GetEnumerator();
        // The bars are there while a step runs, and gone when its line is printed.
        while (RunProgress.Show(bars => { reporter = bars; return outcomes.MoveNext(); }, keep: false))
        {
            var outcome = outcomes.Current;
            book.Add(outcome.Results.Select(r => StoreSource.Of(store, r)));
            JudgedCell[] cells = [.. outcome.Results.Take(1).Select(book.CellRunsOf).SelectMany(book.Judge)];
            runs.AddRange(outcome.Results);
            if (outcome.End == GridEnd.Failed) failed++;
            line.WriteLine($"[{outcome.Step.Number}/{plan.Steps.Count}] {outcome.Step.Cell.Id}: {Describe(outcome, cells)}");
        }
        var table = CellReports.Table("Grid", book, runs);
        if (json) Console.Out.Write(StrictJson.Write(table));
        else foreach (string text in table.SummaryLines().Where(t => t.Length > 0)) Console.Out.WriteLine(text);
        return failed == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static string Describe(GridOutcome outcome, IReadOnlyList<JudgedCell> cells) => outcome.End switch
    {
        GridEnd.NotRun => $"not run: {Describe(outcome.Step.Obstacle!)}",
        GridEnd.Later => "another process is at it; later",
        GridEnd.Failed => $"failed: {outcome.Error!.Message.Split('\n')[0]}; fix: {(outcome.Error as MedBenchException)?.Fix ?? FixOf(outcome.Error.Message)}",
        _ => $"{Show.Count(outcome.Results.Count, "run")}; {string.Join("; ", cells.Select(Describe))}",
    };

    // Of libtorch's own errors only memory has a remedy that is known.
    private static string FixOf(string message) => message.Contains("memory", StringComparison.OrdinalIgnoreCase)
        ? "use a device with more memory, or leave the cell out by --filter"
        : "start the same command again: finished runs are kept, and one under way goes on; if it comes again, report it";

    private static string Describe(CellObstacle obstacle) => obstacle.Kind == ObstacleKind.Budget ? "does not fit --max-cost" : $"{obstacle.Reason}; get it with: {obstacle.Command}";

    private static string Describe(JudgedCell cell)
    {
        string name = cell.Key.Metric.Name() + (cell.Key.Variant.Weights == TestedWeights.LastEpoch ? " of the last epoch" : "");
        string printed = cell.Published is { } published ? string.Create(CultureInfo.InvariantCulture, $" (printed {100 * published.Mean:F2})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{name} {100 * cell.Verdict.Ours?.Mean:F2}{printed} {cell.Verdict.Kind.Words()}");
    }

    private static void Summary(GridPlan plan) =>
        Terminal.Note($"{Show.Count(plan.Steps.Count, "cell")}: {plan.Done} done, {plan.Steps.Count - plan.Done - plan.Barred} to run (about {Durations.Show(plan.Seconds)}, by {plan.Basis}), {plan.Barred} not run here");
}
