namespace MedBench.Reporting.Html;

/// <summary>A filter of the table: the column it looks at and what it offers.</summary>
internal sealed record PageSelect(string Name, int Column, IReadOnlyList<string> Options);
