using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <content>Claims that printed numbers hold: one by the rules for cells, several by their mean gap.</content>
public sealed partial class ClaimJudge
{
    private ClaimVerdict OnCells(Claim claim)
    {
        var where = claim.Entry.Where;
        ClaimCell[] cells = [.. evidence.Cells(claim).Where(c => where.Accepts(c.Key, c.Kind))];
        JudgedCell[] judged = [.. CellJudge.Corrected([.. cells.Select(c => evidence.Judge(claim, c))], _rules)];
        // A cell without a printed number can be run, but nothing can come of it for this claim.
        JudgedCell[] printed = [.. judged.Where(c => c.Published is not null)], run = [.. printed.Where(c => c.Verdict.Kind != VerdictKind.NotRun)];
        var blank = new ClaimVerdict(claim, ClaimOutcome.Unpublished, $"no published number is on record for its {judged.Length} cells", run.Length, printed.Length, _rules.Hash)
        {
            Test = printed.Length == 1 ? "by the rules for cells" : "mean gap (Satterthwaite; clustered by dataset where there are several), single cells by Holm over all of them",
            Cells = judged,
            Missing = [.. cells.Where(c => c.Runs.Count == 0)],
            Deviations = [.. evidence.Deviations(claim, cells)],
            Caveats = Caveats(claim, cells),
        };
        return (printed.Length, run.Length) switch
        {
            (0, _) => blank,
            (_, 0) => blank with { Outcome = ClaimOutcome.NotRun, Reason = $"none of the {printed.Length} published cells has been run" },
            (1, _) => Single(blank, printed[0]),
            _ => Several(blank, printed, run),
        };
    }

    private static ClaimVerdict Single(ClaimVerdict blank, JudgedCell cell) => blank with
    {
        Outcome = OutcomeOf(cell.Verdict.Kind),
        Reason = cell.Verdict.Reason,
        Effect = cell.Verdict.Gap,
        Interval = cell.Verdict.GapInterval,
        EquivalenceInterval = cell.Verdict.DecidingInterval,
        P = cell.Verdict.DeviationP,
    };

    private ClaimVerdict Several(ClaimVerdict blank, JudgedCell[] printed, JudgedCell[] run)
    {
        double gap = run.Average(c => c.Verdict.Gap ?? 0);
        double[] p = [.. run.Select(c => c.Verdict.DeviationP ?? 1)];
        var suspects = MultipleTesting.Holm(p, printed.Length).Zip(run).Where(x => x.First < _rules.Alpha || x.Second.Verdict is { Kind: VerdictKind.Deviates, DeviationP: null }).Select(x => x.Second.Key.Id).ToList();
        var known = blank with { Effect = gap, Suspects = suspects };
        string tally = $"of {printed.Length} printed numbers " + string.Join(", ", printed.CountBy(c => c.Verdict.Kind).OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key.Words()}"));
        string named = suspects.Count == 0 ? "" : $"; {suspects.Count} of them off after Holm: {string.Join(", ", suspects.Take(SuspectsShown))}{(suspects.Count > SuspectsShown ? " …" : "")}";
        if (run.Length < printed.Length)
            return known with { Outcome = ClaimOutcome.Inconclusive, Reason = $"mean gap so far {Show.SignedPoints(gap)} points; {tally}{named}" };
        // A mean of the others would be about the others.
        if (run.Count(c => c.Key.Method != Training.Recipes.MethodName.Knn && ComparisonOf(c) is null) is var unknown and > 0)
            return known with { Outcome = ClaimOutcome.Inconclusive, Reason = $"mean gap {Show.SignedPoints(gap)} points, but no spread between seeds is known for {unknown} of {printed.Length} printed numbers; {tally}{named}" };
        if (run.All(c => ComparisonOf(c) is null))
        {
            // Deterministic numbers have no error to average: each is right or not.
            bool all = run.All(c => c.Verdict.Kind == VerdictKind.Reproduced), off = run.Any(c => c.Verdict.Kind == VerdictKind.Deviates);
            return known with { Outcome = all ? ClaimOutcome.Reproduced : off ? ClaimOutcome.Biased : ClaimOutcome.Inconclusive, Reason = $"mean gap {Show.SignedPoints(gap)} points; {tally}{named}" };
        }
        var gaps = run.Select(c => (c.Key.Dataset, Gap: ComparisonOf(c))).Where(c => c.Gap is not null).ToLookup(c => c.Dataset, c => c.Gap!);
        var clusters = gaps.Select(g => MeanComparison.MeanOf([.. g], PooledDegreesOfFreedom(blank.Claim, run.Where(c => c.Key.Dataset == g.Key).Select(c => c.Key)))).ToList();
        // Cells of one dataset share its test images: with several datasets the gaps of these are the sample.
        var mean = clusters.Count == 1 ? clusters[0] : MeanComparison.Paired([.. clusters.Select(c => c.Difference)]);
        Interval wide = mean.Interval(1 - _rules.Alpha), narrow = mean.Interval(1 - 2 * _rules.Alpha);
        double margin = run.Average(c => c.Verdict.Margin), step = run.Average(c => c.Published!.HalfStep);
        bool inside = narrow.Low - step > -margin && narrow.High + step < margin, beyond = wide.Low - step > margin / 2 || wide.High + step < -margin / 2;
        Interval[] predicted = [.. run.Select(c => c.Verdict.GapInterval).OfType<Interval>()];
        var capture = new Capture(predicted.Count(i => i.Contains(0)), predicted.Length, 1 - _rules.Alpha);
        var sure = gaps.SelectMany(g => g).Where(g => g.StandardError > 0).ToList();
        return known with
        {
            Outcome = inside ? ClaimOutcome.Reproduced : beyond ? ClaimOutcome.Biased : ClaimOutcome.Inconclusive,
            Reason = $"mean gap {Show.SignedPoints(mean.Difference)} points, 95 % interval {Show.SignedPoints(wide.Low)} to {Show.SignedPoints(wide.High)}, margin ±{Show.Points(margin)}; {capture.Inside} of {capture.Of} printed numbers in their prediction intervals, {Show.Number(capture.Expected, 1)} expected{(capture.P < _rules.Alpha ? $" (too few: {Show.PIs(capture.P)})" : "")}; {tally}{named}",
            Effect = mean.Difference,
            Interval = wide,
            EquivalenceInterval = narrow,
            Capture = capture,
            Heterogeneity = sure.Count < 2 ? null : Heterogeneity.Of(sure),
            Units = clusters.Count == 1 ? [] : [.. gaps.Zip(clusters, (g, c) => new ClaimUnit(g.Key, [c.Difference]))],
        };
    }

    private const int SuspectsShown = 5;

    // Spreads of one family share its prior: their mean is worth no more than all of its runs.
    private double PooledDegreesOfFreedom(Claim claim, IEnumerable<CellKey> cells) =>
        cells.Select(c => evidence.Spreads(c, claim.Weights)).Distinct().Sum(s => s.PooledDegreesOfFreedom) is var pooled and > 0 ? pooled : double.PositiveInfinity;

    private static MeanComparison? ComparisonOf(JudgedCell cell) => cell.Verdict is { Noise: { } noise, Ours: { } ours, Gap: { } gap }
        ? MeanComparison.Common(gap, noise.Std, noise.DegreesOfFreedom, ours.Count, cell.Published!.Runs ?? 1)
        : null;

    private static ClaimOutcome OutcomeOf(VerdictKind kind) => kind switch
    {
        VerdictKind.Reproduced => ClaimOutcome.Reproduced,
        VerdictKind.Deviates or VerdictKind.KnownDeviation or VerdictKind.StaleKnownDeviation => ClaimOutcome.Deviates,
        VerdictKind.Consistent => ClaimOutcome.Consistent,
        VerdictKind.Inconsistent => ClaimOutcome.Inconsistent,
        VerdictKind.NotRun => ClaimOutcome.NotRun,
        VerdictKind.Unpublished => ClaimOutcome.Unpublished,
        _ => ClaimOutcome.Inconclusive,
    };
}
