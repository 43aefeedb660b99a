using System.Globalization;
using MedBench.Claims.Published;
using MedBench.Core.Text;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Checks;

/// <summary>Looks up the numbers that figures draw where they say that they come from.</summary>
internal static class SourceCheck
{
    // Means are sums of doubles in some order.
    private const double Tolerance = 1e-12;

    /// <summary>A line for each number that is not where it should be. Counts of predictions and of verdicts have no single place: the comparison of the drawings is their check.</summary>
    internal static IEnumerable<string> Unfounded(IEnumerable<FigureGroup> groups, BenchmarkReport report, PublishedResults published)
    {
        var runs = report.Runs.ToDictionary(r => r.Id, r => r.Result, StringComparer.Ordinal);
        var printed = published.Values.ToLookup(v => v.Key.ToString(), v => v.Mean);
        return from figure in groups.SelectMany(g => g.Figures)
               from number in figure.Table.Rows.SelectMany(r => r.Numbers)
               where !IsFounded(number, runs, printed)
               select string.Create(CultureInfo.InvariantCulture, $"figure {figure.Id} draws {number.Value:R} as {number.Of}{(number.Runs.Count > 0 ? $" of {string.Join(", ", number.Runs)}" : "")}: that is neither in the store nor in the published files");
    }

    private static bool IsFounded(SourcedNumber number, Dictionary<string, RunResult> runs, ILookup<string, double> printed) => number.Origin switch
    {
        NumberOrigin.Published => printed[number.Of].Contains(number.Value),
        NumberOrigin.Run => number.Runs is [var run] && Value(runs.GetValueOrDefault(run), number.Of) == number.Value,
        NumberOrigin.Mean => number.Runs.Count > 0 && Math.Abs(number.Runs.Average(r => Value(runs.GetValueOrDefault(r), number.Of) ?? double.NaN) - number.Value) <= Tolerance,
        NumberOrigin.Evaluation => number.Runs is [var run] && runs.GetValueOrDefault(run) is { } result && result.Evaluations.Any(e => IsEvaluation(e, number)),
        _ => number.Runs.All(runs.ContainsKey),
    };

    // "test/acc"
    private static double? Value(RunResult? run, string of) => of.Split('/') is [var weights, var metric] ? run?.Test(Kebab.Parse<Metric>("metric", metric), Kebab.Parse<TestedWeights>("weights", weights)) : null;

    // "val/loss@12"
    private static bool IsEvaluation(Evaluation e, SourcedNumber number) => number.Of.Split('/', '@') is [var split, var metric, var epoch]
        && e.Split == split && e.Epoch.ToString(CultureInfo.InvariantCulture) == epoch && number.Value == (metric switch { "acc" => e.Acc, "auc" => e.Auc, _ => e.Loss });
}
