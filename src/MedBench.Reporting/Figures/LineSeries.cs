namespace MedBench.Reporting.Figures;

/// <summary>One curve of a <see cref="LineChart"/>.</summary>
/// <param name="Name">In the legend; empty for none.</param>
/// <param name="Style">Number of the colour, from 1 to 8, or a class name.</param>
/// <param name="Points">By abscissa.</param>
/// <param name="Band">Low and high at each point; null for none.</param>
/// <param name="Dots">Whether the points are marked.</param>
internal sealed record LineSeries(string Name, string Style, IReadOnlyList<(double X, double Y)> Points, IReadOnlyList<(double Low, double High)>? Band = null, bool Dots = false);
