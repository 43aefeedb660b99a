using System.Globalization;
using MedBench.Claims.Expected;
using MedBench.Claims.Store;
using MedBench.Claims.Verdicts;
using MedBench.Reporting;
using MedBench.Training.Runs;

namespace MedBench.Cli.Runs;

/// <summary>Runs of a configuration beside what its paper printed.</summary>
internal static class CellReports
{
    private static readonly string[] s_metrics = ["acc", "auc"];

    /// <summary>One table over several configurations, each with its results.</summary>
    public static ResultTable Table(string title, IReadOnlyList<(RunRequest Request, IReadOnlyList<RunResult> Results)> runs)
    {
        var (published, rules) = (PublishedResults.Load(), VerdictRules.Load());
        return ResultTable.Of(title, [.. runs.SelectMany(r => Cells(r.Request, r.Results, published, rules))], runs.SelectMany(r => r.Results).Select(r => r.Environment), rules);
    }

    /// <summary>A title for one configuration.</summary>
    public static string Title(RunRequest request) =>
        $"{request.Recipe.Title}: {request.Method}, {request.Model.Name} on {request.Dataset.Card.Title} ({request.Dataset.Size} px)";

    private static IEnumerable<ReportCell> Cells(RunRequest request, IReadOnlyList<RunResult> results, PublishedResults published, VerdictRules rules) =>
        from weights in (string[])[RunResult.Selected, RunResult.LastEpoch]
        from metric in s_metrics
        where results.Any(r => r.Test(metric, weights) is not null)
        let key = new CellKey(request.Recipe.Name, request.Dataset.Card.Name, Method(request), request.Model.Name, request.Dataset.Size, metric, Variant(request))
        select ReportCell.Of(key, results, published, rules, weights: weights);

    private static string Method(RunRequest request) => request.Method.Split('/')[0];

    // What sets a run apart from the paper's plain cell: such a run must not be judged by that cell's number.
    private static string Variant(RunRequest request)
    {
        string?[] differences =
        [
            request.Method.Split('/').ElementAtOrDefault(1),
            request.EncoderRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"lr-{rate:0.###e+0}").Replace("e+", "e", StringComparison.Ordinal) : null,
            request.Subset?.ToString(),
            request.Weights == InitialWeights.Formula ? "formula-weights" : null,
            request.Weights == InitialWeights.Initialised && Method(request) != "from-scratch" ? "initialised-weights" : null,
        ];
        return string.Join('+', differences.Where(d => d is not null));
    }
}
