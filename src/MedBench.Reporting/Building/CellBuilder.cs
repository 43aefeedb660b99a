using MedBench.Claims;
using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Training.Recipes;

namespace MedBench.Reporting.Building;

/// <summary>From runs, declared cells and published numbers to judged, marked cells.</summary>
internal sealed class CellBuilder(Book book, IReadOnlyDictionary<string, ReportedRun> runs)
{
    /// <summary>The cells of one paper: those run, then those that it prints or an experiment declares and nobody ran; and how many that are.</summary>
    internal (IReadOnlyList<ReportedCell> Cells, GridCoverage Coverage) Cells(string paper)
    {
        var groups = book.Cells.Where(c => c.Key.Paper == paper).ToList();
        ReportedCell[] run = [.. groups.SelectMany(Judge)];
        var covered = run.Select(c => c.Cell.Key.With(TestedWeights.Selected)).ToHashSet();
        var declared = Declared(paper).DistinctBy(c => c.Key).ToDictionary(c => c.Key, c => c.Dataset);
        CellKey[] wanted = [.. book.Published.Values.Select(v => v.Key).Where(k => k.Paper == paper).Concat(declared.Keys).Distinct()];
        var missing = wanted.Where(k => !covered.Contains(k))
            .Select(k => new ReportedCell(NotRun(JudgedCell.Of(k, [], book.Published, book.Rules, declared: declared.GetValueOrDefault(k))), [new Mark(MarkKind.NotRun, "not run")]));
        var coverage = new GridCoverage(
            paper, wanted.Length, wanted.Count(covered.Contains), covered.Except(wanted).Count(),
            groups.Sum(g => g.Runs.Count), [.. groups.SelectMany(g => g.Runs).Select(r => r.Result.Spec.Seed).Distinct().Order()]);
        return ([.. CellOrder.Sorted(run.Concat(missing))], coverage);
    }

    /// <summary>What a cell was judged on.</summary>
    internal CellEvidence EvidenceFor(ReportedCell cell)
    {
        var key = cell.Cell.Key;
        var evidence = CellEvidence.For(key, cell.Cell.Dataset, [.. cell.Cell.Seeds.Select(s => s.Value)], book.Published) with { Published = cell.Cell.Published };
        return key.Variant.Alternative > 0 || key.Variant.Precision != Precision.Fp32 ? evidence
            : evidence with { Family = book.Evidence.Spreads(key.With(TestedWeights.Selected), key.Variant.Weights) };
    }

    // Without a run it matters little whether a number is printed.
    private static JudgedCell NotRun(JudgedCell cell) => cell with { Verdict = cell.Verdict with { Kind = VerdictKind.NotRun } };

    // Exploratory experiments are ours, not the paper's grid.
    private IEnumerable<(CellKey Key, DatasetCard Dataset)> Declared(string paper) =>
        from file in book.Experiments
        where !file.Experiment.Exploratory
        from cell in file.Cells
        where cell.Paper == paper
        from metric in cell.Metrics
        select (cell.Key(metric), cell.Run.Dataset);

    private IEnumerable<ReportedCell> Judge(CellRuns cell)
    {
        ReportedRun[] reported = [.. cell.Runs.Select(r => runs[r.Result.Id])];
        Mark[] ofRuns = [.. reported.SelectMany(r => r.Marks).Distinct()];
        Mark[] other = cell.Alternative == 0 ? [] : [new Mark(MarkKind.ChangedProtocol, cell.IsOfOtherSeeds
            ? "seeds that the experiment does not name"
            : cell.Arithmetic is { } arithmetic ? $"the same in another arithmetic: {arithmetic.Name()}"
            : "another checkpoint or data file than the other runs of this cell")];
        var scores = new CellScoresReader(book, cell.Runs);
        return book.Judge(cell).Select(c => new ReportedCell(c, [.. ofRuns, .. other, .. OfCell(c, reported[0])])
        {
            Scores = c.Key.Variant.Weights == TestedWeights.Selected ? scores.Of(c) : null,
        });
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
