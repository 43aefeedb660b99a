using MedBench.Claims.Claims;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Building;

/// <summary>From a verdict on a claim to what a report shows of it.</summary>
internal static class ClaimReports
{
    internal static ReportedClaim Of(ClaimVerdict verdict)
    {
        var (effect, size, interval, intervalOf) = Numbers(verdict);
        return new ReportedClaim(
            verdict.Id, verdict.Claim.Paper, verdict.Statement, State(verdict), verdict.Reason, effect, size, interval, intervalOf, verdict.Used, verdict.Needed,
            [.. Marks(verdict)]);
    }

    private static ClaimState State(ClaimVerdict verdict) => verdict.Outcome switch
    {
        ClaimOutcome.Holds => ClaimState.Holds,
        ClaimOutcome.Contradicted => ClaimState.Contradicted,
        ClaimOutcome.Inconclusive when verdict.Used >= verdict.Needed => ClaimState.Inconclusive,
        _ => ClaimState.NotDecided,
    };

    private static (string? Effect, double? Size, Interval? Interval, string Of) Numbers(ClaimVerdict verdict)
    {
        if (verdict.Cells is [{ Verdict: { Gap: { } gap } only }])
            return ($"gap {Show.SignedPoints(gap)} points", gap, only.GapInterval, only.GapInterval is null ? "" : ReportedClaim.Gap);
        double[] gaps = [.. verdict.Cells.Select(c => c.Verdict.Gap).OfType<double>()];
        if (gaps.Length > 0)
            return ($"mean gap {Show.SignedPoints(gaps.Average())} points over {gaps.Length} cells", gaps.Average(), new Interval(gaps.Min(), gaps.Max()), ReportedClaim.GapRange);
        string? effect = verdict.Effect is { } difference ? $"{Show.SignedPoints(difference)} points" : null;
        if (verdict.Claim.Kind == ClaimKind.ArgMax && verdict.Share is { } share)
            effect = $"wins {Show.Number(100 * share, 0)} % of the draws{(effect is null ? "" : $", {effect}")}";
        return (effect, verdict.Effect, verdict.ShareInterval, verdict.ShareInterval is null ? "" : "P(first beats second)");
    }

    private static IEnumerable<Mark> Marks(ClaimVerdict verdict)
    {
        if (verdict.Claim.PublishedBy is { } paper)
            yield return new Mark(MarkKind.PublishedNumbers, $"tested on the numbers that {paper} prints, not on runs");
        if (verdict.Used < verdict.Needed)
            yield return new Mark(MarkKind.MinimumNotMet, $"minimum not met: {verdict.Used} of {verdict.Needed}");
        if (verdict.Missing.Count > 0)
            yield return new Mark(MarkKind.PartialGrid, $"{verdict.Missing.Count} of its cells were not run");
        foreach (string caveat in verdict.Caveats)
            yield return new Mark(MarkKind.Caveat, caveat);
    }
}
