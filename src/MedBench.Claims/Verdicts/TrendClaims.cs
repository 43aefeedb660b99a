using System.Globalization;
using MedBench.Claims.Statistics;

namespace MedBench.Claims.Verdicts;

/// <summary>Tests of claimed orders over paired cells, one a dataset.</summary>
public static class TrendClaims
{
    private const string Datasets = "datasets";
    private const string PairedTest = "Wilcoxon signed-rank, exact, two-sided; bootstrap over pairs and runs";
    private const string BestTest = "share of bootstrap draws in which a setting has the largest mean; {0}";
    private const string OrderedTest = "Page's trend test, exact, one-sided in each direction at half of alpha";

    /// <summary>
    /// "The first beats the second": holds if the signed-rank test is significant and P(first beats second) reaches the rules'
    /// threshold with an interval above one half; contradicted if the same is true of the second.
    /// </summary>
    /// <param name="claim">In words.</param>
    /// <param name="cells">One a dataset: cells of one dataset are not independent.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="noun">What the cells are.</param>
    public static TrendVerdict Paired(string claim, IReadOnlyList<PairedCell> cells, VerdictRules rules, string noun = Datasets)
    {
        var verdict = new TrendVerdict(claim, TrendKind.Inconclusive, "", cells.Count, PairedTest, cells.Count == 0 ? 0 : StratifiedBootstrap.MeanDifference(cells), null, null, null, rules.Hash);
        if (cells.Count < rules.MinimumPairs)
            return TooFew(verdict, rules, noun);

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
            Reason = $"mean difference {Show.SignedPoints(verdict.Effect)} points over {cells.Count} {noun}, {Show.PIs(p)}, P(better) = {Show.Number(better, 2)} [{Show.Number(interval.Low, 2)}, {Show.Number(interval.High, 2)}]",
        };
    }

    /// <summary>"It grows along these conditions": holds or is contradicted if Page's test is significant in one direction.</summary>
    /// <param name="claim">In words.</param>
    /// <param name="rows">One a dataset, values in the claimed order.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="noun">What the rows are.</param>
    public static TrendVerdict Ordered(string claim, IReadOnlyList<IReadOnlyList<double>> rows, VerdictRules rules, string noun = Datasets)
    {
        var verdict = new TrendVerdict(claim, TrendKind.Inconclusive, "", rows.Count, OrderedTest, rows.Count == 0 ? 0 : rows.Average(r => r[^1] - r[0]), null, null, null, rules.Hash);
        if (rows.Count < rules.MinimumPairs)
            return TooFew(verdict, rules, noun);

        double up = PageTrend.Of(rows).P, down = PageTrend.Of([.. rows.Select(row => row.Reverse().ToArray())]).P;
        double p = Math.Min(1, 2 * Math.Min(up, down));
        return verdict with
        {
            Kind = p >= rules.Alpha ? TrendKind.Inconclusive : up < down ? TrendKind.Holds : TrendKind.Contradicted,
            P = p,
            Reason = $"last minus first {Show.SignedPoints(verdict.Effect)} points on average over {rows.Count} {noun}, {Show.PIs(p)}",
        };
    }

    /// <summary>
    /// "This setting of the sweep is the best": holds if it wins at least 1 − alpha of the draws, is contradicted if another does.
    /// With at least the rules' minimum of pairs the cells are drawn anew too; with fewer, only their runs are.
    /// </summary>
    /// <param name="claim">In words.</param>
    /// <param name="cells">At least one.</param>
    /// <param name="claimed">Index of the setting that is said to be best.</param>
    /// <param name="names">Names of the settings.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="noun">What the cells are.</param>
    public static TrendVerdict Best(string claim, IReadOnlyList<SweepCell> cells, int claimed, IReadOnlyList<string> names, VerdictRules rules, string noun = Datasets)
    {
        bool resample = cells.Count >= rules.MinimumPairs;
        double[] shares = new BestSetting(rules.Bootstrap.Resamples, rules.Bootstrap.Seed, resample).WinShares(cells);
        double[] means = BestSetting.Means(cells);
        int winner = shares.Index().MaxBy(s => s.Item).Index;
        double effect = means[claimed] - means.Where((_, i) => i != claimed).Max();
        // A single run a setting has no noise to draw from: it would always win or lose.
        bool noisy = resample || cells.All(c => c.Settings.All(runs => runs.Count >= 2));
        var kind = !noisy || shares[winner] < 1 - rules.Alpha ? TrendKind.Inconclusive : winner == claimed ? TrendKind.Holds : TrendKind.Contradicted;
        string drawn = resample ? $"{noun} and runs drawn anew" : $"these {noun}, runs drawn anew";
        return new TrendVerdict(
            claim, kind, $"{names[claimed]} wins {Show.Points(shares[claimed])} % of the draws, {(winner == claimed ? "the most" : $"{names[winner]} {Show.Points(shares[winner])} %")}; {Show.SignedPoints(effect)} points over the best of the others, {cells.Count} {noun}{(noisy ? "" : "; one seed a setting says nothing about the noise between seeds")}",
            cells.Count, string.Format(CultureInfo.InvariantCulture, BestTest, drawn), effect, null, shares[claimed], null, rules.Hash)
        {
            Shares = shares,
        };
    }

    private static TrendVerdict TooFew(TrendVerdict verdict, VerdictRules rules, string noun) =>
        verdict with { Reason = $"{verdict.Cells} {noun}, but a decision needs at least {rules.MinimumPairs}" };
}
