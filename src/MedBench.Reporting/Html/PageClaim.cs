namespace MedBench.Reporting.Html;

/// <summary>A claim in one way of meaning it.</summary>
internal sealed record PageClaim(string Slug, string Id, string Way, string Css, string State, string Effect, string Interval, string Cells, string Reason);
