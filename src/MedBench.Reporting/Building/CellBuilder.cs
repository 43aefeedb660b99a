using MedBench.Claims.Expected;
using MedBench.Claims.Store;
using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Building;

/// <summary>From runs and published numbers to judged, marked cells.</summary>
/// <param name="published">All that is published.</param>
/// <param name="rules">The rules.</param>
internal sealed class CellBuilder(PublishedResults published, VerdictRules rules)
{
    private static readonly string[] s_metrics = ["acc", "auc"];

    /// <summary>The cells of one paper by key: those run, then those that it prints and nobody ran.</summary>
    internal IReadOnlyList<ReportedCell> Cells(string paper, IEnumerable<IdentifiedRun> runs)
    {
        ReportedCell[] run = [.. runs.GroupBy(r => r.Identity, StringComparer.Ordinal)
            .GroupBy(same => same.First().Key("acc"))
            .SelectMany(Apart)
            .SelectMany(same => Judge(same.Runs, same.Suffix))];
        var covered = run.Select(c => c.Cell.Published?.Key).ToHashSet();
        var missing = published.Values
            .Where(v => v.Key.Paper == paper && !covered.Contains(v.Key))
            .Select(v => new ReportedCell(JudgedCell.Of(v.Key, [], published, rules), [new Mark(MarkKind.NotRun, "not run")]));
        return [.. CellOrder.Sorted(run.Concat(missing))];
    }

    // Runs of one cell from different data files, checkpoints or precisions are cells of their own, never one mean.
    private static IEnumerable<(IReadOnlyList<IdentifiedRun> Runs, string Suffix)> Apart(IEnumerable<IGrouping<string, IdentifiedRun>> groups) =>
        groups.OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select((g, i) => ((IReadOnlyList<IdentifiedRun>)[.. g], i == 0 ? "" : $"alternative-{i}"));

    private IEnumerable<ReportedCell> Judge(IReadOnlyList<IdentifiedRun> runs, string suffix)
    {
        RunResult[] results = [.. runs.Select(r => r.Run.Result)];
        Mark[] ofRuns = [.. runs.SelectMany(RunMarks.Of).Distinct()];
        Mark[] other = suffix.Length == 0 ? [] : [new Mark(MarkKind.ChangedProtocol, "another checkpoint, data file or precision than the other runs of this cell")];
        foreach (string weights in (string[])[RunResult.Selected, RunResult.LastEpoch])
            foreach (string metric in s_metrics)
            {
                var key = runs[0].Key(metric);
                if (suffix.Length > 0) key = key with { Variant = key.Variant.Length == 0 ? suffix : $"{key.Variant}+{suffix}" };
                var cell = JudgedCell.Of(key, results, published, rules, weights: weights);
                if (cell.Seeds.Count > 0) yield return new ReportedCell(cell, [.. ofRuns, .. other, .. OfCell(cell, runs[0], weights)]);
            }
    }

    private static IEnumerable<Mark> OfCell(JudgedCell cell, IdentifiedRun run, string weights)
    {
        if (weights == RunResult.LastEpoch)
            yield return new Mark(MarkKind.ChangedProtocol, "last epoch instead of the selected one");
        bool seeded = run.Configuration?.Rule.Neighbours is null;
        int wanted = seeded ? run.Configuration?.Recipe.Seeds.Length ?? cell.Published?.Runs ?? 1 : 1;
        if (cell.Seeds.Count < wanted)
            yield return new Mark(MarkKind.FewSeeds, $"{cell.Seeds.Count} of {wanted} seeds");
    }
}
