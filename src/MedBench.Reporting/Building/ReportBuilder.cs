using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Reporting.Model;
using MedBench.Runs.Experiments;
using MedBench.Runs.Papers;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;

namespace MedBench.Reporting.Building;

/// <summary>Makes a <see cref="BenchmarkReport"/> of what is on record.</summary>
/// <param name="published">All that is published.</param>
/// <param name="rules">The rules.</param>
/// <param name="experiments">What is declared.</param>
/// <param name="claims">What is claimed.</param>
public sealed class ReportBuilder(PublishedResults published, VerdictRules rules, IReadOnlyList<ExperimentFile> experiments, IReadOnlyList<Claim> claims)
{
    private static readonly double[] s_margins = [0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05];

    /// <summary>A builder on numbers, rules, claims and experiments of a clone.</summary>
    /// <param name="expected">A folder like <c>expected-results</c>; null for the copy inside this program.</param>
    /// <param name="experiments">Folder of experiments; one that does not exist stands for the copy inside this program.</param>
    /// <exception cref="MedBenchException">A file is malformed.</exception>
    public static ReportBuilder Open(string? expected = null, string experiments = "experiments")
    {
        var published = PublishedResults.Load(expected);
        return new ReportBuilder(published, VerdictRules.Load(expected), ExperimentCatalog.Load(experiments, published.Catalog), ClaimCatalog.Load(published, expected));
    }

    /// <summary>All that is published.</summary>
    public PublishedResults Published => published;

    /// <summary>Reads the sources and judges everything.</summary>
    /// <exception cref="MedBenchException">A paper is unknown, or a record is malformed.</exception>
    public BenchmarkReport Build(ReportRequest request)
    {
        var paperOf = new RecipePapers(experiments);
        ReportedRun[] all = [.. request.Sources.SelectMany(s => RecordCheck.Verified(s.Runs())).DistinctBy(r => r.Result.Id, StringComparer.Ordinal).Select(r => Reported(r, paperOf))];
        string[] known = [.. published.Papers.Select(p => p.Name)];
        foreach (string unknown in request.Papers.Except(known)) throw Names.Unknown("paper", unknown, known);
        var papers = published.Papers.Where(p => request.Papers.Count > 0 ? request.Papers.Contains(p.Name) : all.Any(r => r.Paper == p.Name)).ToList();

        var runs = all.Where(r => papers.Any(p => p.Name == r.Paper)).OrderBy(r => r.Id, StringComparer.Ordinal).ToList();
        var builder = new CellBuilder(published, rules, experiments, all);
        var byPaper = papers.Select(p => builder.Cells(p.Name)).ToList();
        ReportedCell[] cells = [.. byPaper.SelectMany(p => p.Cells)];
        GridCoverage[] coverage = [.. byPaper.Select(p => p.Coverage)];
        var judge = new ClaimJudge(builder.Evidence, claims);
        ReportedClaim[] judged = [.. claims.Where(c => papers.Any(p => p.Name == c.Paper)).Select(c => ClaimReports.Of(judge.Judge(c)))];
        return new BenchmarkReport(
            request.Title ?? Title(papers),
            papers,
            coverage,
            [.. runs.GroupBy(r => r.Result.Environment).Select(g => new EnvironmentUse(g.Key, g.Count())).OrderByDescending(e => e.Runs)],
            ClaimSummary.Of([.. cells.Select(c => c.Cell.Verdict)], rules),
            judged,
            cells,
            runs,
            rules,
            MarginSensitivity.Curve([.. cells.Where(c => c.IsRun).Select(builder.EvidenceFor)], rules, s_margins),
            [.. ReportMarks.Of(cells, coverage)],
            Limitations.Of(papers, coverage, cells, judged, runs, published, [.. all.Except(runs)]));
    }

    private static ReportedRun Reported(StoredRun stored, RecipePapers papers)
    {
        var (spec, run) = (stored.Result.Spec, stored.Result.Configuration());
        string paper = run is null ? papers.Of(spec.Recipe) : papers.Of(run.Recipe);
        return new ReportedRun(stored, paper, run, run is null ? null : RerunCommand.Of(spec, run, stored.RecordPath), [.. RunMarks.Of(spec, run, paper)]);
    }

    private static string Title(IReadOnlyList<Paper> papers) =>
        papers.Count == 0 ? "Nothing was run" : $"{string.Join(" · ", papers.Select(Name))}: do the numbers hold?";

    private static string Name(Paper paper) => RecipeCatalog.Find(paper.Name)?.Title ?? paper.Name;
}
