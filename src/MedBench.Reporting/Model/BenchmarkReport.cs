using MedBench.Claims.Verdicts;
using MedBench.Runs.Papers;

namespace MedBench.Reporting.Model;

/// <summary>Everything that a report says, apart from how it looks: the page, Markdown, JUnit, CSV and RO-Crate are views of it.</summary>
/// <param name="Title">Title of the page.</param>
/// <param name="Papers">Papers it is about.</param>
/// <param name="Coverage">How much of each paper was run, in the order of <paramref name="Papers"/>.</param>
/// <param name="Environments">Machines, the busiest first.</param>
/// <param name="Summary">Verdicts of all cells read together.</param>
/// <param name="Claims">Claims with their outcome.</param>
/// <param name="Cells">Judged cells by key, cells not run included.</param>
/// <param name="Runs">Every run behind them, by id.</param>
/// <param name="Rules">The rules that judged.</param>
/// <param name="Margins">How the verdicts would move with the margin.</param>
/// <param name="Marks">What is true of the whole report.</param>
/// <param name="Limitations">What was skipped or assumed, one sentence each.</param>
public sealed record BenchmarkReport(
    string Title,
    IReadOnlyList<Paper> Papers,
    IReadOnlyList<GridCoverage> Coverage,
    IReadOnlyList<EnvironmentUse> Environments,
    ClaimSummary Summary,
    IReadOnlyList<ReportedClaim> Claims,
    IReadOnlyList<ReportedCell> Cells,
    IReadOnlyList<ReportedRun> Runs,
    VerdictRules Rules,
    IReadOnlyList<MarginSensitivity> Margins,
    IReadOnlyList<Mark> Marks,
    IReadOnlyList<string> Limitations)
{
    /// <summary>How earlier reports stood, the oldest first; empty where no history is kept.</summary>
    public IReadOnlyList<VerdictCount> History { get; init; } = [];

    /// <summary>Cells that were run just now, judged by themselves; null where the report is on the record alone.</summary>
    public ResultTable? Live { get; init; }

    /// <summary>Seeds of all runs, in order.</summary>
    public IReadOnlyList<long> Seeds => [.. Runs.Select(r => r.Result.Spec.Seed).Distinct().Order()];

    /// <summary>Commits that the runs were made with, the most used first.</summary>
    public IReadOnlyList<string> Commits => [.. Environments.Select(e => e.Commit).OfType<string>().Distinct()];

    /// <summary>When the last run ended; null without runs.</summary>
    public DateTimeOffset? LastRun => Runs.Count == 0 ? null : Runs.Max(r => r.Result.FinishedUtc);
}
