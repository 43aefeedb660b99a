using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Models.Catalog;
using MedBench.Reporting.Model;
using MedBench.Runs.Papers;

namespace MedBench.Reporting.Building;

/// <summary>The section that reviewers ask for: what was skipped or assumed, counted from the report itself.</summary>
internal static class Limitations
{
    internal static IReadOnlyList<string> Of(
        IReadOnlyList<Paper> papers, IReadOnlyList<GridCoverage> coverage, IReadOnlyList<ReportedCell> cells, IReadOnlyList<ReportedClaim> claims,
        IReadOnlyList<ReportedRun> runs, PublishedResults published, IReadOnlyList<ReportedRun> others) =>
    [
        .. coverage.Where(c => c.IsPartial).Select(c => $"{c.Paper}: {c.Cells - c.CellsRun} of {c.Cells} cells that are on record were not run."),
        .. papers.Where(p => published.Values.All(v => v.Key.Paper != p.Name)).Select(p => $"{p.Name}: no printed number is on record; nothing can be compared."),
        .. Models(cells),
        .. Seeds(cells),
        .. Undecided(cells),
        .. claims.Where(c => !c.MinimumMet).GroupBy(c => c.Sentence).Select(g => $"Not decided, because fewer cells were run than its minimum: “{g.Key}” ({g.Count()} of {claims.Count(c => c.Sentence == g.Key)} rows)."),
        .. claims.Any(c => c.Marks.Any(m => m.Kind == MarkKind.PublishedNumbers)) ? (string[])["Claims marked as tested on printed numbers say whether the paper's own table supports them, not whether the numbers can be reproduced."] : [],
        .. runs.Any(r => r.PredictionsPath is null) ? (string[])[$"{runs.Count(r => r.PredictionsPath is null)} of {runs.Count} runs were kept as records without predictions: no confusion matrix, ROC curve or reliability diagram can be drawn for them."] : [],
        .. runs.Select(r => r.Result.Environment.Device).Distinct().Count() > 1 ? (string[])["Runs come from different kinds of device; equal seeds give equal numbers only on one machine."] : [],
        .. others.Count > 0 ? (string[])[$"{Show.Count(others.Count, "run", "of another paper is", "of other papers are")} in the store and not in this report (recipes: {string.Join(", ", others.Select(r => r.Result.Spec.Recipe).Distinct().Order(StringComparer.Ordinal))}). A recipe names its paper by the key paper."] : [],
        "The noise is that between seeds on one fixed test set. Other patients would add sampling noise, which no verdict here includes.",
        .. papers.Where(p => p.Caveat.Length > 0).Select(p => $"{p.Name}: {p.Caveat}"),
        .. cells.Where(c => c.IsRun).SelectMany(c => c.Cell.Verdict.Caveats).Distinct().Where(c => !papers.Any(p => c.StartsWith($"{p.Name}: ", StringComparison.Ordinal))),
    ];

    private static IEnumerable<string> Models(IReadOnlyList<ReportedCell> cells)
    {
        var known = ModelCatalog.All.Select(m => m.Name).ToHashSet();
        var absent = cells.Where(c => !known.Contains(c.Cell.Key.Model)).ToList();
        if (absent.Count > 0)
            yield return $"{Show.Count(absent.Count, "cell", "is", "are")} of models that this program does not have ({string.Join(", ", absent.Select(c => c.Cell.Key.Model).Distinct())}).";
    }

    private static IEnumerable<string> Seeds(IReadOnlyList<ReportedCell> cells)
    {
        int few = cells.Count(c => c.Has(MarkKind.FewSeeds));
        if (few > 0) yield return $"{Show.Count(few, "cell", "has", "have")} fewer seeds than the protocol asks for.";
    }

    private static IEnumerable<string> Undecided(IReadOnlyList<ReportedCell> cells)
    {
        var undecided = cells.Where(c => c.Cell.Verdict.Kind is VerdictKind.Inconclusive or VerdictKind.Consistent or VerdictKind.Inconsistent).ToList();
        if (undecided.Count == 0) yield break;
        int hopeless = undecided.Count(c => c.Cell.Verdict.SeedsNeeded is null);
        yield return $"{Show.Count(undecided.Count, "cell", "is", "are")} undecided (consistent, inconsistent or inconclusive): neither equal within the margin nor different beyond it."
            + (hopeless > 0 ? $" For {hopeless} of them no number of seeds of ours would decide; it takes more published runs or a printed spread." : "");
    }
}
