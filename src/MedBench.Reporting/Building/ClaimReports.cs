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
            verdict.Id, verdict.Claim.Paper, verdict.Statement, verdict.Outcome, verdict.Reason, effect, size, interval, intervalOf, verdict.Used, verdict.Needed,
            [.. Marks(verdict)], verdict.Claim.IsPrimary, Way(verdict.Claim), verdict.Claim.EvidenceText)
        {
            Kind = verdict.Claim.Evidence.Kind,
            Entry = verdict.Claim.Sentence[(verdict.Claim.Paper.Length + 1)..],
            Tests = verdict.Claim.Entry.Tests,
            IsOnCells = verdict.Claim.IsOnCells,
            IsTransfer = verdict.Claim.IsTransfer,
        };
    }

    // The dataset first: where there is one for each, it tells sentences apart, and not ways of meaning one.
    private static string Way(Claim claim) => string.Join(", ", ((string?[])[claim.Entry.ForEach?.Dataset is null ? null : claim.Entry.Where.Dataset, .. claim.Row.Split('/', StringSplitOptions.RemoveEmptyEntries),
        claim.IsOnCells ? claim.Entry.ForEach?.Metric is null ? null : claim.Entry.Where.Metric : null]).OfType<string>());

    private static (string? Effect, double? Size, Interval? Interval, string Of) Numbers(ClaimVerdict verdict)
    {
        if (verdict.Effect is not { } effect)
            return (null, null, null, "");
        string text = verdict.Claim.IsOnCells ? $"{(verdict.Needed == 1 ? "gap" : "mean gap")} {Show.SignedPoints(effect)} points" : $"{Show.SignedPoints(effect)} points";
        return (text, effect, verdict.Interval, verdict.Interval is null ? "" : ReportedClaim.ConfidenceInterval);
    }

    private static IEnumerable<Mark> Marks(ClaimVerdict verdict)
    {
        if (verdict.Claim.Evidence.Of is not null)
            yield return new Mark(MarkKind.PublishedNumbers, $"tested on {verdict.Claim.EvidenceText}, not on our runs");
        if (verdict.Used < verdict.Needed)
            yield return new Mark(MarkKind.MinimumNotMet, $"minimum not met: {verdict.Used} of {verdict.Needed}");
        if (verdict.Missing.Count > 0)
            yield return new Mark(MarkKind.PartialGrid, $"{verdict.Missing.Count} of its cells were not run");
        foreach (string caveat in verdict.Deviations.Concat(verdict.Caveats))
            yield return new Mark(MarkKind.Caveat, caveat);
    }
}
