namespace MedBench.Reporting.Figures;

/// <summary>A picture with its words and its data. Equal input gives equal bytes.</summary>
/// <param name="Id">Of <c>[a-z0-9-]</c>, unique on a page.</param>
/// <param name="Title">Short heading.</param>
/// <param name="Caption">What is drawn and how to read it; names tests and units.</param>
/// <param name="Description">Text alternative: what the picture shows, in a sentence or two.</param>
/// <param name="Svg">An <c>svg</c> element without colours of its own: the page's style sheet has them, for light, dark and print.</param>
/// <param name="Table">The data.</param>
public sealed record Figure(string Id, string Title, string Caption, string Description, string Svg, FigureTable Table);
