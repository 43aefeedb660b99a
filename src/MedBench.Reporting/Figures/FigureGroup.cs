namespace MedBench.Reporting.Figures;

/// <summary>Figures that belong together under one heading.</summary>
/// <param name="Id">Of <c>[a-z0-9-]</c>.</param>
/// <param name="Title">Heading.</param>
/// <param name="Figures">In order.</param>
/// <param name="IsOpen">Whether the page shows them at once.</param>
/// <param name="Note">What must be said of the group; empty for nothing.</param>
public sealed record FigureGroup(string Id, string Title, IReadOnlyList<Figure> Figures, bool IsOpen = false, string Note = "");
