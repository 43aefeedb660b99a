namespace MedBench.Reporting.Html;

/// <summary>A paper.</summary>
internal sealed record PagePaper(string Citation);
