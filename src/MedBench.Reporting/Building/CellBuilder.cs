using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Building;

/// <summary>From runs, declared cells and published numbers to judged, marked cells.</summary>
internal sealed class CellBuilder
{
    private readonly PublishedResults _published;
    private readonly VerdictRules _rules;
    private readonly IReadOnlyList<ExperimentFile> _experiments;
    private readonly List<(IReadOnlyList<ReportedRun> Runs, int Alternative)> _groups;

    internal CellBuilder(PublishedResults published, VerdictRules rules, IReadOnlyList<ExperimentFile> experiments, IReadOnlyList<ReportedRun> runs)
    {
        (_published, _rules, _experiments) = (published, rules, experiments);
        _groups = [.. runs.GroupBy(r => r.Identity, StringComparer.Ordinal).GroupBy(same => same.First().Key(Metric.Acc)).SelectMany(Apart)];
        Evidence = new ClaimEvidence(published, experiments, new ResultsIndex(_groups.Where(g => g.Alternative == 0).SelectMany(g => g.Runs).Select(r => r.Result)), rules);
    }

    /// <summary>All that is known, for claims; runs from a second checkpoint of a cell are left out.</summary>
    internal ClaimEvidence Evidence { get; }

    /// <summary>The cells of one paper: those run, then those that it prints or an experiment declares and nobody ran; and how many that are.</summary>
    internal (IReadOnlyList<ReportedCell> Cells, GridCoverage Coverage) Cells(string paper)
    {
        var groups = _groups.Where(g => g.Runs[0].Paper == paper).ToList();
        ReportedCell[] run = [.. groups.SelectMany(g => Judge(g.Runs, g.Alternative))];
        var covered = run.Select(c => c.Cell.Key.With(TestedWeights.Selected)).ToHashSet();
        CellKey[] wanted = [.. _published.Values.Select(v => v.Key).Where(k => k.Paper == paper).Concat(Declared(paper)).Distinct()];
        var missing = wanted.Where(k => !covered.Contains(k)).Select(k => new ReportedCell(NotRun(JudgedCell.Of(k, [], _published, _rules)), [new Mark(MarkKind.NotRun, "not run")]));
        ReportedRun[] runs = [.. groups.SelectMany(g => g.Runs)];
        var coverage = new GridCoverage(
            paper, wanted.Length, wanted.Count(covered.Contains), covered.Except(wanted).Count(),
            runs.Length, [.. runs.Select(r => r.Result.Spec.Seed).Distinct().Order()]);
        return ([.. CellOrder.Sorted(run.Concat(missing))], coverage);
    }

    /// <summary>What a cell was judged on.</summary>
    internal CellEvidence EvidenceFor(ReportedCell cell)
    {
        var key = cell.Cell.Key;
        var evidence = CellEvidence.For(key, [.. cell.Cell.Seeds.Select(s => s.Value)], _published) with { Published = cell.Cell.Published };
        return key.Variant.Alternative > 0 ? evidence
            : evidence with { Family = Evidence.Spreads(key.With(TestedWeights.Selected), key.Variant.Weights) };
    }

    // Without a run it matters little whether a number is printed.
    private static JudgedCell NotRun(JudgedCell cell) => cell with { Verdict = cell.Verdict with { Kind = VerdictKind.NotRun } };

    // Exploratory experiments are ours, not the paper's grid.
    private IEnumerable<CellKey> Declared(string paper) =>
        from file in _experiments
        where !file.Experiment.Exploratory
        from cell in file.Cells
        where cell.Paper == paper
        from metric in cell.Metrics
        select cell.Key(metric);

    // Runs of one cell from different data files, checkpoints or precisions are cells of their own, never one mean.
    private static IEnumerable<(IReadOnlyList<ReportedRun> Runs, int Alternative)> Apart(IEnumerable<IGrouping<string, ReportedRun>> groups) =>
        groups.OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select((g, i) => ((IReadOnlyList<ReportedRun>)[.. g], i));

    private IEnumerable<ReportedCell> Judge(IReadOnlyList<ReportedRun> runs, int alternative)
    {
        RunResult[] results = [.. runs.Select(r => r.Result)];
        Mark[] ofRuns = [.. runs.SelectMany(r => r.Marks).Distinct()];
        Mark[] other = alternative == 0 ? [] : [new Mark(MarkKind.ChangedProtocol, "another checkpoint, data file or precision than the other runs of this cell")];
        var cells = alternative == 0
            ? JudgedCell.OfRuns(results, runs[0].Key, _published, _rules, Evidence.Spreads)
            : JudgedCell.OfRuns(results, metric => runs[0].Key(metric).With(alternative), _published, _rules);
        return cells.Select(cell => new ReportedCell(cell, [.. ofRuns, .. other, .. OfCell(cell, runs[0])]));
    }

    private static IEnumerable<Mark> OfCell(JudgedCell cell, ReportedRun run)
    {
        if (cell.Key.Variant.Weights == TestedWeights.LastEpoch)
            yield return new Mark(MarkKind.ChangedProtocol, "last epoch instead of the selected one");
        bool seeded = run.Configuration?.Rule.Neighbours is null;
        int wanted = seeded ? run.Configuration?.Recipe.Seeds.Length ?? cell.Published?.Runs ?? 1 : 1;
        if (cell.Seeds.Count < wanted)
            yield return new Mark(MarkKind.FewSeeds, $"{cell.Seeds.Count} of {wanted} seeds");
    }
}
