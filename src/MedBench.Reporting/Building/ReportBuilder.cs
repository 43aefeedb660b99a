using MedBench.Claims.Expected;
using MedBench.Claims.Verdicts;
using MedBench.Data.Errors;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Building;

/// <summary>Makes a <see cref="BenchmarkReport"/> of what is on record.</summary>
/// <param name="published">All that is published.</param>
/// <param name="rules">The rules.</param>
public sealed class ReportBuilder(PublishedResults published, VerdictRules rules)
{
    private static readonly double[] s_margins = [0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05];

    /// <summary>Reads the sources and judges everything.</summary>
    /// <exception cref="MedBenchException">A paper is unknown, or a record is malformed.</exception>
    public BenchmarkReport Build(ReportRequest request)
    {
        IdentifiedRun[] all = [.. request.Sources.SelectMany(s => s.Runs()).DistinctBy(r => r.Result.Id, StringComparer.Ordinal).Select(IdentifiedRun.Of)];
        string[] known = [.. published.Papers.Select(p => p.Name)];
        foreach (string unknown in request.Papers.Except(known)) throw Names.Unknown("paper", unknown, known);
        var papers = published.Papers.Where(p => request.Papers.Count > 0 ? request.Papers.Contains(p.Name) : all.Any(r => r.Paper == p.Name)).ToList();

        var runs = all.Where(r => papers.Any(p => p.Name == r.Paper)).OrderBy(r => r.Run.Result.Id, StringComparer.Ordinal).ToList();
        var builder = new CellBuilder(published, rules);
        var cells = papers.SelectMany(p => builder.Cells(p.Name, runs.Where(r => r.Paper == p.Name))).ToList();
        GridCoverage[] coverage = [.. papers.Select(p => Coverage(p.Name, runs, cells))];
        var claims = papers.SelectMany(p => PublishedClaims.Of(p, published, rules)).ToList();
        var environments = runs.GroupBy(r => r.Run.Result.Environment).Select(g => new EnvironmentUse(g.Key, g.Count())).OrderByDescending(e => e.Runs).ToList();
        return new BenchmarkReport(
            request.Title ?? Title(papers),
            papers,
            coverage,
            environments,
            ClaimSummary.Of([.. cells.Select(c => c.Cell.Verdict)], rules),
            claims,
            cells,
            [.. runs.Select(Reported)],
            rules,
            MarginSensitivity.Curve([.. cells.Where(c => c.IsRun).Select(c => CellEvidence.For(c.Cell.Key, [.. c.Cell.Seeds.Select(s => s.Value)], published) with { Published = c.Cell.Published })], rules, s_margins),
            [.. ReportMarks.Of(cells, coverage)],
            Limitations.Of(papers, coverage, cells, claims, runs, published, all.Length - runs.Count));
    }

    private static ReportedRun Reported(IdentifiedRun run) => new(
        run.Run.Result, run.Run.RecordPath, run.Run.PredictionsPath,
        run.Configuration is { } configuration ? RerunCommand.Of(run.Run.Result.Spec, configuration) : null,
        [.. RunMarks.Of(run)]);

    private static string Title(IReadOnlyList<Paper> papers) =>
        papers.Count == 0 ? "Nothing was run" : $"{string.Join(" · ", papers.Select(Name))}: do the numbers hold?";

    private static string Name(Paper paper) => KnownRecipes.Find(paper.Name)?.Title ?? paper.Name;

    private static GridCoverage Coverage(string paper, IReadOnlyList<IdentifiedRun> runs, IReadOnlyList<ReportedCell> cells)
    {
        ReportedCell[] ofPaper = [.. cells.Where(c => c.Cell.Key.Paper == paper)];
        var printed = ofPaper.Where(c => c.Cell.Published is not null).GroupBy(c => c.Cell.Published!.Key).ToList();
        var ofRuns = runs.Where(r => r.Paper == paper).ToList();
        return new GridCoverage(
            paper, printed.Count, printed.Count(g => g.Any(c => c.IsRun)), ofPaper.Count(c => c.Cell.Published is null),
            ofRuns.Count, [.. ofRuns.Select(r => r.Run.Result.Spec.Seed).Distinct().Order()]);
    }
}
