namespace MedBench.Reporting.Figures;

/// <summary>One row of the table behind a figure.</summary>
/// <param name="Fields">Text by column.</param>
/// <param name="Numbers">The numbers among them that the figure draws.</param>
public sealed record FigureRow(IReadOnlyList<string> Fields, IReadOnlyList<SourcedNumber> Numbers);
