using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;

namespace MedBench.Claims.Trends;

/// <summary>Tests of claimed orders over paired cells, one a dataset.</summary>
public static class TrendClaims
{
    private const string PairedTest = "Wilcoxon signed-rank, exact, two-sided; bootstrap over datasets and runs";
    private const string OrderedTest = "Page's trend test, exact, one-sided in each direction at half of alpha";

    /// <summary>
    /// "The first beats the second": holds if the signed-rank test is significant and P(first beats second) reaches the rules'
    /// threshold with an interval above one half; contradicted if the same is true of the second.
    /// </summary>
    /// <param name="claim">In words.</param>
    /// <param name="cells">One a dataset: cells of one dataset are not independent.</param>
    /// <param name="rules">The rules.</param>
    public static TrendVerdict Paired(string claim, IReadOnlyList<PairedCell> cells, VerdictRules rules)
    {
        var verdict = new TrendVerdict(claim, TrendKind.Inconclusive, "", cells.Count, PairedTest, cells.Count == 0 ? 0 : StratifiedBootstrap.MeanDifference(cells), null, null, null, rules.Hash);
        if (cells.Count < rules.MinimumPairs)
            return TooFew(verdict, rules);

        double p = WilcoxonSignedRank.Of([.. cells.Select(c => c.Difference)]).TwoSidedP;
        double better = StratifiedBootstrap.ProbabilityOfImprovement(cells);
        var interval = new StratifiedBootstrap(rules.Bootstrap.Resamples, rules.Bootstrap.Seed, ResampleCells: true)
            .Interval(cells, StratifiedBootstrap.ProbabilityOfImprovement, 1 - rules.Alpha);
        bool significant = p < rules.Alpha;
        var kind = significant && better >= rules.ImprovementThreshold && interval.Low > 0.5 ? TrendKind.Holds
            : significant && better <= 1 - rules.ImprovementThreshold && interval.High < 0.5 ? TrendKind.Contradicted
            : TrendKind.Inconclusive;
        return verdict with
        {
            Kind = kind,
            P = p,
            Improvement = better,
            ImprovementInterval = interval,
            Reason = $"mean difference {Show.SignedPoints(verdict.Effect)} points over {cells.Count} datasets, p = {Show.P(p)}, P(better) = {Show.Number(better, 2)} [{Show.Number(interval.Low, 2)}, {Show.Number(interval.High, 2)}]",
        };
    }

    /// <summary>"It grows along these conditions": holds or is contradicted if Page's test is significant in one direction.</summary>
    /// <param name="claim">In words.</param>
    /// <param name="rows">One a dataset, values in the claimed order.</param>
    /// <param name="rules">The rules.</param>
    public static TrendVerdict Ordered(string claim, IReadOnlyList<IReadOnlyList<double>> rows, VerdictRules rules)
    {
        var verdict = new TrendVerdict(claim, TrendKind.Inconclusive, "", rows.Count, OrderedTest, rows.Count == 0 ? 0 : rows.Average(r => r[^1] - r[0]), null, null, null, rules.Hash);
        if (rows.Count < rules.MinimumPairs)
            return TooFew(verdict, rules);

        double up = PageTrend.Of(rows).P, down = PageTrend.Of([.. rows.Select(row => row.Reverse().ToArray())]).P;
        double p = Math.Min(1, 2 * Math.Min(up, down));
        return verdict with
        {
            Kind = p >= rules.Alpha ? TrendKind.Inconclusive : up < down ? TrendKind.Holds : TrendKind.Contradicted,
            P = p,
            Reason = $"last minus first {Show.SignedPoints(verdict.Effect)} points on average over {rows.Count} datasets, p = {Show.P(p)}",
        };
    }

    private static TrendVerdict TooFew(TrendVerdict verdict, VerdictRules rules) =>
        verdict with { Reason = $"{verdict.Cells} datasets, but a decision needs at least {rules.MinimumPairs}" };
}
