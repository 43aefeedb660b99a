namespace MedBench.Reporting.Html;

/// <summary>A claim.</summary>
internal sealed record PageClaim(
    string Slug, string Id, string Css, string State, string Statement, string Effect, string IntervalOf, string Interval, string Cells, bool Short, string Reason, IReadOnlyList<PageNotice> Marks, IReadOnlyList<string> Caveats);
