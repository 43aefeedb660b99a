using MedBench.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Reporting.Model;
using MedBench.Runs.Papers;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;

namespace MedBench.Reporting.Building;

/// <summary>Makes a <see cref="BenchmarkReport"/> of what a book knows.</summary>
/// <param name="book">The book.</param>
public sealed class ReportBuilder(Book book)
{
    private static readonly double[] s_margins = [0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05];

    /// <summary>Judges everything.</summary>
    /// <param name="wanted">Short names of papers; empty for every paper with a run.</param>
    /// <param name="title">Title; null for one made of the papers.</param>
    /// <exception cref="MedBenchException">A paper is unknown, or a record is malformed.</exception>
    public BenchmarkReport Build(IReadOnlyList<string> wanted, string? title = null)
    {
        ReportedRun[] all = [.. book.Stored.Select(Reported)];
        string[] known = [.. book.Published.Papers.Select(p => p.Name)];
        foreach (string unknown in wanted.Except(known)) throw Names.Unknown("paper", unknown, known);
        var papers = book.Published.Papers.Where(p => wanted.Count > 0 ? wanted.Contains(p.Name) : all.Any(r => r.Paper == p.Name)).ToList();

        var runs = all.Where(r => papers.Any(p => p.Name == r.Paper)).OrderBy(r => r.Id, StringComparer.Ordinal).ToList();
        var builder = new CellBuilder(book, all.ToDictionary(r => r.Id));
        var byPaper = papers.Select(p => builder.Cells(p.Name)).ToList();
        ReportedCell[] cells = [.. byPaper.SelectMany(p => p.Cells)];
        GridCoverage[] coverage = [.. byPaper.Select(p => p.Coverage)];
        ReportedClaim[] judged = [.. book.Claims.Where(c => papers.Any(p => p.Name == c.Paper)).Select(c => ClaimReports.Of(book.Judge(c)))];
        return new BenchmarkReport(
            title ?? Title(papers),
            papers,
            coverage,
            [.. runs.GroupBy(r => r.Result.ComputedOn).Select(g => new EnvironmentUse(g.Key, g.Count())).OrderByDescending(e => e.Runs)],
            ClaimSummary.Of([.. cells.Select(c => c.Cell.Verdict)], book.Rules),
            judged,
            cells,
            runs,
            book.Rules,
            MarginSensitivity.Curve([.. cells.Where(c => c.IsRun).Select(builder.EvidenceFor)], book.Rules, s_margins),
            [.. ReportMarks.Of(cells, coverage)],
            Limitations.Of(papers, coverage, cells, judged, runs, book.Published, [.. all.Except(runs)]));
    }

    private ReportedRun Reported(StoredRun stored)
    {
        var (spec, run, paper) = (stored.Result.Spec, stored.Result.Configuration(), book.PaperOf(stored.Result));
        return new ReportedRun(stored, paper, run, run is null ? null : RerunCommand.Of(spec, run, stored.RecordPath), [.. RunMarks.Of(spec, run, paper, book.Lock)]);
    }

    private static string Title(IReadOnlyList<Paper> papers) =>
        papers.Count == 0 ? "Nothing was run" : $"{string.Join(" · ", papers.Select(Name))}: do the numbers hold?";

    private static string Name(Paper paper) => RecipeCatalog.Find(paper.Name)?.Title ?? paper.Name;
}
