using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Verdicts;

/// <summary>Turns the runs of one cell into a verdict.</summary>
public static class CellJudge
{
    // Binary fractions of printed decimals: 0.7885 − 0.00005 must still contain 0.78845.
    private const double RoundingSlack = 1e-12;

    /// <summary>The verdict on one cell; see <see cref="VerdictKind"/> for the rules.</summary>
    public static CellVerdict Judge(CellEvidence evidence, VerdictRules rules)
    {
        var ours = evidence.Values.Count == 0 ? null : SampleSummary.Of(evidence.Values);
        var blank = new CellVerdict(VerdictKind.NotRun, "", ours, evidence.Published?.Mean, rules.Margin(evidence.Metric, evidence.TestImages), rules.Version, rules.Hash)
        {
            Caveats = evidence.Caveats ?? [],
        };
        var verdict = (evidence.Published, ours) switch
        {
            (null, _) => blank with { Kind = VerdictKind.Unpublished, Reason = "no published number is on record for this cell" },
            (_, null) => blank with { Kind = VerdictKind.NotRun, Reason = "there is no run of this cell in the store" },
            ({ } published, { }) when evidence.Deterministic => Exact(blank, evidence, published),
            ({ } published, { }) => Compare(blank, evidence, ours, published, rules),
        };
        return evidence.Known is { } known ? Invert(verdict, known) : verdict;
    }

    private static CellVerdict Exact(CellVerdict blank, CellEvidence evidence, PublishedValue published)
    {
        bool equal = evidence.Values.All(v => Math.Abs(v - published.Mean) <= published.HalfStep + RoundingSlack);
        string images = evidence.TestImages is { } n && evidence.Metric == Metric.Acc ? $", {Show.Number((blank.Gap ?? 0) * n, 1)} test images" : "";
        return equal
            ? blank with { Kind = VerdictKind.Reproduced, Reason = "the exact value rounds to the printed one" }
            : blank with { Kind = VerdictKind.Deviates, Reason = $"a deterministic value must round to the printed one, but is {Show.SignedPoints(blank.Gap ?? 0)} points off{images}" };
    }

    private static CellVerdict Compare(CellVerdict blank, CellEvidence evidence, SampleSummary ours, PublishedValue published, VerdictRules rules)
    {
        if (RerunNoise.For(evidence, ours, published, rules) is not var (noise, comparison))
            return blank with { Kind = VerdictKind.Inconclusive, Reason = "one seed and no printed std say nothing about the noise between seeds", SeedsNeeded = 2 };

        // The published mean lies anywhere within its rounding: a verdict must hold for all of that.
        double alpha = rules.Alpha, inner = blank.Margin - published.HalfStep, outer = blank.Margin + published.HalfStep;
        bool Same(MeanComparison c) => c.EquivalenceP(inner) < alpha;
        bool Other(MeanComparison c) => c.ExceedanceP(outer) < alpha;
        var interval = comparison.Interval(1 - alpha);
        var measured = blank with
        {
            Noise = noise,
            GapInterval = new Interval(interval.Low - published.HalfStep, interval.High + published.HalfStep),
            MinimumDetectableMargin = comparison.MinimumDetectableMargin(alpha) + published.HalfStep,
            EquivalenceP = comparison.EquivalenceP(inner),
            DeviationP = comparison.ExceedanceP(outer),
        };
        string gap = Gap(measured);
        if (Same(comparison))
            return measured with { Kind = VerdictKind.Reproduced, Reason = $"{gap}, inside the margin of ±{Show.Points(blank.Margin)} (two one-sided tests, {Show.PIs(measured.EquivalenceP.Value)})" };
        if (Other(comparison))
            return measured with { Kind = VerdictKind.Deviates, Reason = $"{gap}, beyond the margin of ±{Show.Points(blank.Margin)} ({Show.PIs(measured.DeviationP.Value)})" };

        int? seeds = SeedPlan.Needed(comparison.Difference, noise.Std, noise.DegreesOfFreedom, ours.Count, published.Runs ?? 1, c => Same(c) || Other(c));
        string outlook = seeds is { } needed
            ? $"about {needed} seeds would decide, were mean and spread to stay"
            : "no number of our seeds would decide: the published mean itself is too uncertain, or the gap too near the margin";
        return measured with { Kind = VerdictKind.Inconclusive, Reason = $"{gap}, margin ±{Show.Points(blank.Margin)}, smallest decidable margin ±{Show.Points(measured.MinimumDetectableMargin.Value)}; {outlook}", SeedsNeeded = seeds };
    }

    private static string Gap(CellVerdict v)
    {
        string inStd = v.GapInStd is { } s ? $" ({Show.Number(s, 1)} s)" : "";
        return $"gap {Show.SignedPoints(v.Gap ?? 0)} points{inStd}, interval {Show.SignedPoints(v.GapInterval!.Value.Low)} to {Show.SignedPoints(v.GapInterval.Value.High)}";
    }

    private static CellVerdict Invert(CellVerdict verdict, KnownDeviation known) => verdict.Kind switch
    {
        VerdictKind.Deviates => verdict with { Kind = VerdictKind.KnownDeviation, Reason = $"{verdict.Reason}; known since {known.Since:yyyy-MM-dd}: {known.Reason} ({known.Link})" },
        VerdictKind.Reproduced => verdict with { Kind = VerdictKind.StaleKnownDeviation, Reason = $"{verdict.Reason}; but known-deviations.csv still lists it since {known.Since:yyyy-MM-dd}: remove that row" },
        _ => verdict,
    };
}
