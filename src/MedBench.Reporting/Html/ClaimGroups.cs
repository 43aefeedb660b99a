using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Html;

/// <summary>Claims as the page shows them: one sentence, and below it every way in which it can be meant.</summary>
internal static class ClaimGroups
{
    // More ways than these are folded.
    private const int MostOpen = 4;

    internal static IEnumerable<PageClaimGroup> Of(IReadOnlyList<ReportedClaim> claims, IReadOnlyList<PageCaveat> caveats) => claims.GroupBy(c => (c.Paper, c.Sentence)).Select(g =>
    {
        ReportedClaim[] all = [.. g];
        bool one = all.Length == 1;
        return new PageClaimGroup(
            Labels.Slug("claims", all[0].Id), g.Key.Sentence,
            [.. all.CountBy(c => c.State).OrderBy(c => c.Key).Select(c => new PageNotice(c.Key.Name(), one ? c.Key.Words() : $"{c.Value} {c.Key.Words()}"))],
            one ? all[0].Effect ?? "" : Range(all), one ? Interval(all[0]) : "",
            all.Length <= MostOpen && all.Any(c => c.State.IsDecided()),
            Rows(all),
            [.. all.OrderBy(c => !c.IsPrimary).Select(Claim)],
            [.. Marks(all)],
            [.. all.SelectMany(c => c.Marks).Where(m => m.Kind == MarkKind.Caveat).Select(m => m.Text).Distinct().Select(text => caveats.First(c => c.Text == text))],
            [.. all.DistinctBy(c => c.Evidence).Select(c => new PageNotice(c.Kind.Name(), $"{EffectPlot.Sign(c.Kind, c.IsTransfer)} {c.Evidence}"))]);
    });

    // Datasets are datasets, and ways of meaning a sentence are ways of meaning it.
    private static string Rows(ReportedClaim[] all)
    {
        int primary = all.Count(c => c.IsPrimary);
        string ways = $"{all.Length / Math.Max(1, primary)} ways of meaning it, one of them primary";
        return primary <= 1 ? ways : primary == all.Length ? $"{primary} datasets" : $"{primary} datasets, {ways}";
    }

    private static IEnumerable<PageNotice> Marks(ReportedClaim[] claims)
    {
        int lacking = claims.Count(c => !c.MinimumMet);
        if (lacking > 0)
            yield return new PageNotice("minimum-not-met", claims.Length == 1 ? $"minimum of cells not met: {claims[0].CellsUsed} of {claims[0].CellsNeeded}" : $"minimum of cells not met in {lacking} of {claims.Length} ways");
    }

    private static PageClaim Claim(ReportedClaim claim) => new(
        Labels.Slug("claim", claim.Id), claim.Id, (claim.Way.Length > 0 ? claim.Way : "as stated") + (claim.IsPrimary ? " (primary)" : ""), claim.State.Name(), Words(claim.State), claim.Effect ?? "", Interval(claim),
        claim.MinimumMet ? $"{claim.CellsUsed}" : $"{claim.CellsUsed} of {claim.CellsNeeded} needed: minimum not met", claim.Reason);

    private static string Words(ClaimOutcome state) => state.Words();

    /// <summary>The interval in words, in points; empty without one.</summary>
    internal static string Interval(ReportedClaim claim) => claim.Interval is { } interval
        ? $"{claim.IntervalOf} [{Show.SignedPoints(interval.Low)}, {Show.SignedPoints(interval.High)}] points"
        : "";

    // Of trend claims: the smallest and the largest effect.
    private static string Range(ReportedClaim[] claims)
    {
        double[] points = [.. claims.Select(c => c.EffectSize).OfType<double>()];
        return points.Length == 0 ? "" : $"effect {Show.SignedPoints(points.Min())} to {Show.SignedPoints(points.Max())} points";
    }
}
