using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Reporting;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Cli.Runs;

/// <summary>Runs of a configuration beside what its paper printed.</summary>
internal static class CellReports
{
    /// <summary>One table over several configurations, each with its results.</summary>
    public static ResultTable Table(string title, IReadOnlyList<(RunRequest Request, IReadOnlyList<RunResult> Results)> runs)
    {
        var (published, rules) = (PublishedResults.Load(), VerdictRules.Load());
        var papers = new RecipePapers(ExperimentCatalog.BuiltIn(published.Catalog));
        return ResultTable.Of(title, [.. runs.SelectMany(r => Cells(r.Request, r.Results, papers.Of(r.Request.Configuration.Recipe), published, rules))], runs.SelectMany(r => r.Results).Select(r => r.Environment), rules);
    }

    /// <summary>A title for one configuration.</summary>
    public static string Title(RunConfiguration run) =>
        $"{run.Recipe.Title}: {run.Method}, {run.Model.Name} on {run.Dataset.Title} ({run.Size} px)";

    private static IEnumerable<JudgedCell> Cells(RunRequest request, IReadOnlyList<RunResult> results, string paper, PublishedResults published, VerdictRules rules) =>
        JudgedCell.OfRuns(results, metric => CellKeys.Of(paper, request.Configuration, request.Weights.Id, metric, request.Precision), published, rules);
}
