using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Verdicts;

/// <summary>Turns the runs of one cell into a verdict.</summary>
public static class CellJudge
{
    // Binary fractions of printed decimals: 0.7885 − 0.00005 must still contain 0.78845.
    private const double RoundingSlack = 1e-12;

    /// <summary>The verdict on one cell; see <see cref="VerdictKind"/> for the rules. A deviation is tested alone: <see cref="Corrected"/> takes the others of its claim into account.</summary>
    public static CellVerdict Judge(CellEvidence evidence, VerdictRules rules)
    {
        var ours = evidence.Values.Count == 0 ? null : SampleSummary.Of(evidence.Values);
        var blank = new CellVerdict(VerdictKind.NotRun, "", ours, evidence.Published?.Mean, rules.Margin(evidence.Metric, evidence.TestImages), rules.Version, rules.Hash)
        {
            Caveats = evidence.Caveats ?? [],
            Patients = evidence.Published is { } printed ? PatientNoise.Of(evidence.Metric, printed.Mean, WholeImages(evidence), evidence.Questions, 1 - rules.Alpha) : null,
        };
        var verdict = (evidence.Published, ours) switch
        {
            (null, _) => blank with { Kind = VerdictKind.Unpublished, Reason = "no published number is on record for this cell" },
            (_, null) => blank with { Kind = VerdictKind.NotRun, Reason = "there is no run of this cell in the store" },
            ({ } published, { }) when evidence.Deterministic => Exact(blank, evidence, published, rules),
            ({ } published, { }) => Compare(blank, evidence, ours, published, rules),
        };
        return evidence.Known is { } known ? Invert(verdict, known) : verdict;
    }

    /// <summary>The cells of one claim, its deviations held at alpha over all of its printed numbers (Holm), run or not: one that does not stand is <see cref="VerdictKind.Inconsistent"/>.</summary>
    public static IReadOnlyList<JudgedCell> Corrected(IReadOnlyList<JudgedCell> cells, VerdictRules rules)
    {
        JudgedCell[] tested = [.. cells.Where(c => c.Verdict.DeviationP is not null)];
        int printed = cells.Count(c => c.Published is not null);
        var adjusted = tested.Zip(MultipleTesting.Holm([.. tested.Select(c => c.Verdict.DeviationP!.Value)], printed)).ToDictionary(x => x.First.Key, x => x.Second);
        return [.. cells.Select(c => c.Verdict.Kind == VerdictKind.Deviates && adjusted.TryGetValue(c.Key, out double p) && p >= rules.Alpha
            ? c with { Verdict = c.Verdict with { Kind = VerdictKind.Inconsistent, Reason = $"{c.Verdict.Reason}; not after Holm over {printed} printed numbers ({Show.PIs(p)})" } }
            : c)];
    }

    // Images that are right or wrong as a whole, which is what Wilson's interval counts; null where an image has several answers.
    private static int? WholeImages(CellEvidence evidence) => evidence.AnswersPerImage == 1 ? evidence.TestImages : null;

    // No noise between seeds; but another precision moves distances, and votes that hang on a hair turn.
    private static CellVerdict Exact(CellVerdict blank, CellEvidence evidence, PublishedValue published, VerdictRules rules)
    {
        double value = blank.Ours!.Mean, reach = published.HalfStep + RoundingSlack;
        if (evidence.Values.All(v => Math.Abs(v - published.Mean) <= reach))
            return blank with { Kind = VerdictKind.Reproduced, Reason = "the exact value rounds to the printed one" };
        string images = WholeImages(evidence) is { } n && evidence.Metric == Metric.Acc ? $", {Show.Number((blank.Gap ?? 0) * n, 1)} test images" : "";
        string off = $"{Show.SignedPoints(blank.Gap ?? 0)} points off{images}";
        if (evidence.Fragile is not { } fragile)
            return blank with { Kind = VerdictKind.Inconclusive, Reason = $"{off}; its fragile votes are not on record: run it again" };
        var (low, high, turnable) = fragile.Band(value, rules.NeighbourMove);
        string band = $"{turnable} of {fragile.Answers} votes turn if distances move by {Show.Number(100 * rules.NeighbourMove, 1)} %: {Show.Points(low)} to {Show.Points(high)} % can be reached";
        return published.Mean >= low - reach && published.Mean <= high + reach
            ? blank with { Kind = VerdictKind.Reproduced, Reason = $"{off}, and the printed value can be reached: {band}" }
            : blank with { Kind = VerdictKind.Deviates, Reason = $"a deterministic value {off}, and the printed one cannot be reached: {band}" };
    }

    private static CellVerdict Compare(CellVerdict blank, CellEvidence evidence, SampleSummary ours, PublishedValue published, VerdictRules rules)
    {
        if (RerunNoise.For(evidence, ours, published) is not { } noise)
            return blank with { Kind = VerdictKind.Inconclusive, Reason = "one seed, no printed std and no cell to borrow from say nothing about the noise between seeds", SeedsNeeded = 2 };

        // An unknown number of runs is counted as one: the cautious reading. The published mean lies anywhere within its rounding: a verdict must hold for all of that.
        int theirs = published.Runs ?? 1;
        double alpha = rules.Alpha, step = published.HalfStep, inner = blank.Margin - step, outer = blank.Margin + step;
        var comparison = MeanComparison.Common(ours.Mean - published.Mean, noise.Std, noise.DegreesOfFreedom, ours.Count, theirs);
        bool Same(MeanComparison c) => c.EquivalenceP(inner) < alpha;
        bool Other(MeanComparison c) => c.ExceedanceP(outer) < alpha;
        Interval Widened(Interval i) => new(i.Low - step, i.High + step);
        var measured = blank with
        {
            Noise = noise,
            GapInterval = Widened(comparison.Interval(1 - alpha)),
            DecidingInterval = Widened(comparison.Interval(1 - 2 * alpha)),
            MinimumDetectableMargin = comparison.MinimumDetectableMargin(alpha) + step,
            DetectableShift = comparison.DetectableShift(alpha, rules.Power),
            WithinMargin = comparison.PosteriorWithin(blank.Margin),
            OnTarget = OnTarget.Of(comparison.Difference, new Spread(noise.Std, noise.DegreesOfFreedom), ours.Count, inner, rules),
            EquivalenceP = comparison.EquivalenceP(inner),
            DeviationP = comparison.ExceedanceP(outer),
        };
        string gap = Gap(measured, rules), margin = $"the margin of ±{Show.Points(blank.Margin)}";
        if (Same(comparison))
            return measured with { Kind = VerdictKind.Reproduced, Reason = $"{gap}, inside {margin} (two one-sided tests, {Show.PIs(measured.EquivalenceP.Value)})" };
        if (Other(comparison))
            return measured with { Kind = VerdictKind.Deviates, Reason = $"{gap}, beyond {margin} ({Show.PIs(measured.DeviationP.Value)})" };

        int? seeds = SeedPlan.Needed(comparison.Difference, noise.Std, noise.DegreesOfFreedom, ours.Count, theirs, c => Same(c) || Other(c));
        string outlook = seeds is { } needed
            ? $"about {needed} seeds would decide, all else equal"
            : "no number of seeds would: the printed mean is too uncertain, or the gap too near the margin";
        bool inside = measured.GapInterval!.Value.Contains(0);
        string state = inside
            ? $"printed where a mean of {theirs} of our runs would lie; a shift of {Show.Points(measured.DetectableShift.Value)} would have been noticed (power {Show.Number(100 * rules.Power, 0)} %)"
            : $"printed where no mean of {theirs} of our runs would lie, though not shown to be beyond the margin";
        return measured with
        {
            Kind = inside ? VerdictKind.Consistent : VerdictKind.Inconsistent,
            Reason = $"{gap}, margin ±{Show.Points(blank.Margin)}: {state}; {outlook}",
            SeedsNeeded = seeds,
        };
    }

    private static string Gap(CellVerdict v, VerdictRules rules)
    {
        string inStd = v.GapInStd is { } s ? $" ({Show.Number(s, 1)} s)" : "";
        string Of(Interval i) => $"{Show.SignedPoints(i.Low)} to {Show.SignedPoints(i.High)}";
        string Level(double level) => $"{Show.Number(100 * level, 0)} %";
        return $"gap {Show.SignedPoints(v.Gap ?? 0)} points{inStd}, {Level(1 - rules.Alpha)} interval {Of(v.GapInterval!.Value)} ({Level(1 - 2 * rules.Alpha)}, deciding: {Of(v.DecidingInterval!.Value)})";
    }

    private static CellVerdict Invert(CellVerdict verdict, KnownDeviation known) => verdict.Kind switch
    {
        VerdictKind.Deviates => verdict with { Kind = VerdictKind.KnownDeviation, Reason = $"{verdict.Reason}; known since {known.Since:yyyy-MM-dd}: {known.Reason} ({known.Link})" },
        VerdictKind.Reproduced => verdict with { Kind = VerdictKind.StaleKnownDeviation, Reason = $"{verdict.Reason}; but known-deviations.csv still lists it since {known.Since:yyyy-MM-dd}: remove that row" },
        _ => verdict,
    };
}
