using System.Diagnostics;
using MedBench.Claims.Statistics;

namespace MedBench.Claims.Verdicts;

/// <summary>Tests of claimed orders over datasets, or whatever units are compared.</summary>
public static class TrendClaims
{
    private const string Datasets = "datasets";
    private const string PairedTest = "paired mean difference with its t interval; p by exact signed ranks";
    private const string OverSeedsTest = "paired mean difference with its t interval and p";
    private const string OrderedTest = "Page's trend test, exact, two-sided; t interval of last minus first";
    private const string BestTest = "one-sided t tests against every other setting with moderated variances, all of which must succeed (intersection-union)";

    /// <summary>
    /// "The first beats the second": holds if the interval of the mean difference lies above δ₀, contradicted below −δ₀; else equivalent if the
    /// interval at 1 − 2 alpha lies inside ±δ, no gain if the upper limit lies below δ. A claim that says "no gain" or "equivalent" holds where that is shown.
    /// </summary>
    /// <param name="differences">First minus second, one a dataset: cells of one dataset are not independent.</param>
    /// <param name="comparison">What is claimed.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="noun">What the pairs are.</param>
    /// <param name="overSeeds">Whether the pairs are runs of one dataset with equal seeds: fewer are enough, and p is that of the t test, for signed ranks of five can never pass.</param>
    public static TrendVerdict Paired(IReadOnlyList<double> differences, Comparison comparison, VerdictRules rules, string noun = Datasets, bool overSeeds = false)
    {
        int needed = overSeeds ? MinimumRuns(cells: 1) : rules.MinimumPairs;
        if (differences.Count < needed)
            return TooFew(differences.Count == 0 ? 0 : differences.Average(), differences.Count, PairedTest, needed, noun);
        var mean = MeanComparison.Paired(differences);
        Interval wide = mean.Interval(1 - rules.Alpha), narrow = mean.Interval(1 - 2 * rules.Alpha);
        double least = comparison.Effect, matters = comparison.Practical;
        bool equivalent = narrow.Low > -matters && narrow.High < matters, noGain = wide.High < matters;
        var otherwise = equivalent ? ClaimOutcome.Equivalent : noGain ? ClaimOutcome.NoGain : ClaimOutcome.Inconclusive;
        var outcome = comparison.Saying switch
        {
            Saying.Better => wide.Low > least ? ClaimOutcome.Holds : wide.High < -least ? ClaimOutcome.Contradicted : otherwise,
            Saying.NoGain => noGain ? ClaimOutcome.Holds : wide.Low > matters ? ClaimOutcome.Contradicted : ClaimOutcome.Inconclusive,
            _ => equivalent ? ClaimOutcome.Holds : wide.Low > matters || wide.High < -matters ? ClaimOutcome.Contradicted : ClaimOutcome.Inconclusive,
        };
        double p = overSeeds ? TP(mean, comparison, outcome) : SignedRankP(differences, comparison, outcome, mean.Difference);
        int ahead = differences.Count(d => Math.Round(d, 12) > 0);
        return new TrendVerdict(outcome, $"mean difference {Effect(mean.Difference, wide)} over {differences.Count} {noun}, ahead in {ahead}, {(overSeeds ? "" : "signed-rank ")}{Show.PIs(p)}", overSeeds ? OverSeedsTest : PairedTest, mean.Difference)
        {
            Interval = wide,
            EquivalenceInterval = narrow,
            P = p,
            Ahead = ahead,
            Bayes = BayesianSignedRank.Of(differences, matters, rules.Bootstrap.Resamples, rules.Bootstrap.Seed),
            Uncorrected = comparison.Saying == Saying.Better ? otherwise : ClaimOutcome.Inconclusive,
        };
    }

    /// <summary>"It grows along these conditions": holds or is contradicted if Page's test is significant in one direction.</summary>
    /// <param name="rows">One a dataset, values in the claimed order.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="noun">What the rows are.</param>
    public static TrendVerdict Ordered(IReadOnlyList<IReadOnlyList<double>> rows, VerdictRules rules, string noun = Datasets)
    {
        double[] spans = [.. rows.Select(r => r[^1] - r[0])];
        if (rows.Count < rules.MinimumPairs)
            return TooFew(spans.Length == 0 ? 0 : spans.Average(), rows.Count, OrderedTest, rules.MinimumPairs, noun);
        double up = PageTrend.Of(rows).P, down = PageTrend.Of([.. rows.Select(row => row.Reverse().ToArray())]).P;
        double p = Math.Min(1, 2 * Math.Min(up, down));
        var mean = MeanComparison.Paired(spans);
        var interval = mean.Interval(1 - rules.Alpha);
        return new TrendVerdict(
            p >= rules.Alpha ? ClaimOutcome.Inconclusive : up < down ? ClaimOutcome.Holds : ClaimOutcome.Contradicted,
            $"last minus first {Effect(mean.Difference, interval)} over {rows.Count} {noun}, {Show.PIs(p)}", OrderedTest, mean.Difference)
        {
            Interval = interval,
            P = p,
            Ahead = spans.Count(d => d > 0),
        };
    }

    /// <summary>
    /// "This setting of the sweep is the best": holds if it beats every other one by a one-sided t test (intersection-union: p is the largest);
    /// contradicted if, after Holm, another one beats it. The models are taken as they are: the noise is that between seeds.
    /// </summary>
    /// <param name="cells">One a model (or dataset), each with runs at every setting.</param>
    /// <param name="claimed">Index of the setting that is said to be best.</param>
    /// <param name="names">Names of the settings.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="noun">What the cells are.</param>
    public static TrendVerdict Best(IReadOnlyList<SweepCell> cells, int claimed, IReadOnlyList<string> names, VerdictRules rules, string noun = Datasets)
    {
        double[] means = Means(cells);
        int rival = Enumerable.Range(0, means.Length).Where(i => i != claimed).MaxBy(i => means[i]);
        double effect = means[claimed] - means[rival];
        int fewest = cells.Min(c => c.Settings.Min(runs => runs.Count));
        if (fewest < MinimumRuns(cells.Count))
        {
            return new TrendVerdict(
                ClaimOutcome.Inconclusive, $"{fewest} runs of a setting, but a decision needs at least {MinimumRuns(cells.Count)}; so far {Show.SignedPoints(effect)} points over {names[rival]}, {cells.Count} {noun}", BestTest, effect);
        }
        // A spread of zero is a metric that moves in steps; half a step of a printed number stands for it.
        SampleSummary Summary(IReadOnlyList<double> runs) => SampleSummary.Of(runs) is var s ? s with { Std = Math.Max(s.Std!.Value, LeastStd) } : throw new UnreachableException();
        var family = ModeratedVariance.Of([.. cells.SelectMany(c => c.Settings).Select(Summary).Select(s => new Spread(s.Std!.Value, s.Count - 1))]);
        MeanComparison Against(int other) => MeanComparison.MeanOf([.. cells.Select(c => Difference(Summary(c.Settings[claimed]), Summary(c.Settings[other]), family))], family.PooledDegreesOfFreedom);
        var others = Enumerable.Range(0, means.Length).Where(i => i != claimed).Select(i => (Index: i, Test: Against(i))).ToList();
        double p = MultipleTesting.IntersectionUnion(others.Select(o => o.Test.GreaterP(0)));
        double reverse = MultipleTesting.Holm([.. others.Select(o => (o.Test with { Difference = -o.Test.Difference }).GreaterP(0))]).Min();
        var interval = others.Single(o => o.Index == rival).Test.Interval(1 - rules.Alpha);
        double[] each = [.. Enumerable.Repeat(1.0, means.Length)];
        foreach (var (index, test) in others)
            each[index] = test.GreaterP(0);
        return new TrendVerdict(
            p < rules.Alpha ? ClaimOutcome.Holds : reverse < rules.Alpha ? ClaimOutcome.Contradicted : ClaimOutcome.Inconclusive,
            $"{names[claimed]} minus {names[rival]}, the best of the others: {Effect(effect, interval)}, {cells.Count} {noun}, at least {fewest} runs a setting, {Show.PIs(p < rules.Alpha ? p : Math.Min(p, reverse))}", BestTest, effect)
        {
            Interval = interval,
            P = p < rules.Alpha ? p : Math.Min(p, reverse),
            SettingP = each,
        };
    }

    /// <summary>Fewest runs of each setting for a decision: 5, or 3 over at least four models.</summary>
    public static int MinimumRuns(int cells) => cells >= 4 ? 3 : 5;

    /// <summary>Mean over the cells, at each setting.</summary>
    public static double[] Means(IReadOnlyList<SweepCell> cells)
    {
        double[][] means = [.. cells.Select(c => c.Means())];
        return [.. Enumerable.Range(0, means[0].Length).Select(s => means.Average(m => m[s]))];
    }

    private const double LeastStd = 1e-4;

    private static MeanComparison Difference(SampleSummary first, SampleSummary second, ModeratedVariance family)
    {
        Spread a = family.Moderate(new Spread(first.Std!.Value, first.Count - 1))!, b = family.Moderate(new Spread(second.Std!.Value, second.Count - 1))!;
        double x = a.Std * a.Std / first.Count, y = b.Std * b.Std / second.Count;
        return new MeanComparison(first.Mean - second.Mean, Math.Sqrt(x + y), (x + y) * (x + y) / (x * x / a.DegreesOfFreedom + y * y / b.DegreesOfFreedom));
    }

    // Of the test that would decide: about δ₀ for "better", about δ for "no gain", the larger of both sides for "equivalent".
    private static double SignedRankP(IReadOnlyList<double> differences, Comparison comparison, ClaimOutcome outcome, double mean)
    {
        WilcoxonSignedRank About(double centre) => WilcoxonSignedRank.Of([.. differences.Select(d => d - centre)]);
        return comparison.Saying switch
        {
            Saying.Better => About(mean < 0 ? -comparison.Effect : comparison.Effect).TwoSidedP,
            Saying.NoGain => About(comparison.Practical).TwoSidedP,
            // What contradicts "equivalent" is a difference beyond the margin.
            _ when outcome == ClaimOutcome.Contradicted => About(mean < 0 ? -comparison.Practical : comparison.Practical).TwoSidedP,
            _ => Math.Max(About(-comparison.Practical).GreaterP, About(comparison.Practical).LessP),
        };
    }

    // The same of the t test.
    private static double TP(MeanComparison mean, Comparison comparison, ClaimOutcome outcome)
    {
        double About(double centre) => (mean with { Difference = mean.Difference - centre }).DifferenceP;
        return comparison.Saying switch
        {
            Saying.Better => About(mean.Difference < 0 ? -comparison.Effect : comparison.Effect),
            Saying.NoGain => About(comparison.Practical),
            _ when outcome == ClaimOutcome.Contradicted => About(mean.Difference < 0 ? -comparison.Practical : comparison.Practical),
            _ => mean.EquivalenceP(comparison.Practical),
        };
    }

    private static string Effect(double difference, Interval interval) =>
        $"{Show.SignedPoints(difference)} points, 95 % interval {Show.SignedPoints(interval.Low)} to {Show.SignedPoints(interval.High)},";

    private static TrendVerdict TooFew(double effect, int units, string test, int needed, string noun) =>
        new(ClaimOutcome.Inconclusive, $"{units} {noun}, but a decision needs at least {needed}", test, effect);
}
