using MedBench.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Display;
using MedBench.Reporting.Model;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Cli.Runs;

/// <summary>Runs beside what their paper printed.</summary>
internal static class CellReports
{
    /// <summary>One table over the cells that some runs are of, each judged on all of its runs that the book has.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="book">The book; it has the runs.</param>
    /// <param name="runs">The runs.</param>
    public static ResultTable Table(string title, Book book, IReadOnlyList<RunResult> runs)
    {
        var cells = runs.Select(book.CellRunsOf).Distinct().ToList();
        int further = cells.SelectMany(c => c.Runs).Select(r => r.Result.Id).Except(runs.Select(r => r.Id)).Count();
        if (further > 0) Terminal.Note($"judged together with {Show.Count(further, "further run")} of the same cells, on record (--recompute leaves out the kept ones)");
        return ResultTable.Of(title, [.. cells.SelectMany(book.Judge)], cells.SelectMany(c => c.Runs).Select(r => r.Result.ComputedOn), book.Rules);
    }

    /// <summary>A title for one configuration.</summary>
    public static string Title(RunConfiguration run) =>
        $"{run.Recipe.Title}: {run.Method}, {run.Model.Name} on {run.Dataset.Title} ({run.Size} px)";
}
