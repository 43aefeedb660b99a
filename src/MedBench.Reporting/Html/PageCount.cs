namespace MedBench.Reporting.Html;

/// <summary>Cells of one outcome.</summary>
internal sealed record PageCount(string Css, string Sign, int Number, string Name);
