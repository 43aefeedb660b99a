namespace MedBench.Reporting.Figures;

/// <summary>The data behind a figure: what a reader who cannot see it reads, and what can be checked against the store.</summary>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Rows, each as wide as the headings.</param>
public sealed record FigureTable(IReadOnlyList<string> Columns, IReadOnlyList<FigureRow> Rows);
