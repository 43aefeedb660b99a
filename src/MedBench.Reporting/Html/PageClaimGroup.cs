namespace MedBench.Reporting.Html;

/// <summary>Claims of one sentence.</summary>
internal sealed record PageClaimGroup(
    string Slug, string Sentence, IReadOnlyList<PageNotice> Outcomes, string Effect, string Interval, bool IsOpen, string Rows, IReadOnlyList<PageClaim> Claims, IReadOnlyList<PageNotice> Marks, IReadOnlyList<PageCaveat> Caveats, IReadOnlyList<PageNotice> Evidence);
