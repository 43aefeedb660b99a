using MathNet.Numerics.Distributions;
using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Verdicts;

/// <summary>The seed-to-seed spread on one fixed test set: the yardstick of "reproduced". (Other patients would add sampling noise, which is not meant here.)</summary>
/// <param name="Std">Standard deviation of one run, a fraction.</param>
/// <param name="DegreesOfFreedom">Behind <paramref name="Std"/>.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record RerunNoise(double Std, double DegreesOfFreedom, string Origin)
{
    /// <summary>
    /// The best estimate at hand for the difference of the two means: pooled over cells; else both sides together where their
    /// spreads agree (F test), Welch's where they do not; else the one side that has a spread, taken for both. Null if none has.
    /// </summary>
    internal static (RerunNoise Noise, MeanComparison Comparison)? For(CellEvidence evidence, SampleSummary ours, PublishedValue published, VerdictRules rules)
    {
        // An unknown number of runs is counted as one: the cautious reading.
        var theirs = new SampleSummary(published.Runs ?? 1, published.Mean, published.Std);
        // Seeds that agree have noise all the same: the metric moves in steps, and a printed mean in its decimals. Half a step stands for none.
        double least = Math.Max(published.HalfStep, evidence.Metric == Metric.Acc && evidence.TestImages is { } images ? 0.5 / images : 0);
        if (ours.Std is { } spread)
            ours = ours with { Std = Math.Max(spread, least) };
        (RerunNoise, MeanComparison) Common(double std, double freedom, string origin) =>
            (new(std, freedom, origin), MeanComparison.Common(ours.Mean - theirs.Mean, std, freedom, ours.Count, theirs.Count));

        return (evidence.Pooled, ours.Std, theirs.Std) switch
        {
            ({ } pooled, _, _) => Common(Math.Max(pooled.Std, least), pooled.DegreesOfFreedom, $"pooled over {pooled.Groups} cells{Doubt(pooled, rules)}"),
            (_, { } own, { } printed) when SpreadsAgree(ours, theirs, rules.EqualVarianceAlpha) =>
                PooledSpread.OfSummaries([ours, theirs]) is var both ? Common(both.Std, both.DegreesOfFreedom, "our seeds and the printed std together") : null,
            (_, { } own, { }) => MeanComparison.Welch(ours, theirs) is var welch
                ? (new(own, welch.DegreesOfFreedom, "our seeds and the printed std apart (Welch: they differ)"), welch) : null,
            (_, { } own, null) => Common(own, ours.Count - 1, "our seeds, taken for the published runs too (no std is printed)"),
            (_, null, { } printed) => Common(printed, theirs.Count - 1, "the printed std, taken for our single seed too"),
            _ => null,
        };
    }

    private static string Doubt(PooledSpread pooled, VerdictRules rules) =>
        pooled.EqualVarianceP is { } p && p < rules.EqualVarianceAlpha ? $", whose spreads differ ({pooled.EqualVarianceTest} {Show.PIs(p)})" : "";

    private static bool SpreadsAgree(SampleSummary a, SampleSummary b, double alpha)
    {
        if (a.Std is 0 || b.Std is 0)
            return true;
        double ratio = a.Std!.Value * a.Std.Value / (b.Std!.Value * b.Std.Value);
        double below = FisherSnedecor.CDF(a.Count - 1, b.Count - 1, ratio);
        return 2 * Math.Min(below, 1 - below) >= alpha;
    }
}
