namespace MedBench.Reporting.Figures;

/// <summary>Axes, grid, curves and a legend. What all curve figures share.</summary>
internal sealed class LineChart
{
    private const double Left = 52, Top = 14, Right = 16, Bottom = 44, LegendRow = 18;
    private readonly double _width, _height;

    internal LineChart(double width, double height, Func<double, double, Axis> x, Func<double, double, Axis> y)
    {
        (_width, _height) = (width, height);
        X = x(Left, width - Right);
        Y = y(height - Bottom, Top);
    }

    internal Axis X { get; }

    internal Axis Y { get; }

    /// <summary>Text of a tick on the horizontal axis.</summary>
    internal required Func<double, string> LabelX { get; init; }

    /// <summary>Text of a tick on the vertical axis.</summary>
    internal required Func<double, string> LabelY { get; init; }

    internal required string TitleX { get; init; }

    internal required string TitleY { get; init; }

    /// <summary>Draws into <paramref name="canvas"/> at an offset, and the legend below if any curve has a name.</summary>
    internal void Draw(SvgCanvas canvas, IReadOnlyList<LineSeries> series, double offset = 0, Action<SvgCanvas>? below = null)
    {
        if (offset != 0) canvas.Raw($"<g transform=\"translate({SvgCanvas.N(offset)} 0)\">");
        foreach (double tick in Y.Ticks)
            canvas.Line(Left, Y.At(tick), _width - Right, Y.At(tick), "grid").Text(Left - 7, Y.At(tick) + 4, LabelY(tick), "tick", "end");
        foreach (double tick in X.Ticks)
            canvas.Line(X.At(tick), _height - Bottom, X.At(tick), _height - Bottom + 4, "axis").Text(X.At(tick), _height - Bottom + 18, LabelX(tick), "tick", "middle");
        canvas.Line(Left, _height - Bottom, _width - Right, _height - Bottom, "axis");
        canvas.Text((Left + _width - Right) / 2, _height - Bottom + 36, TitleX, "label", "middle");
        canvas.Text(13, (Top + _height - Bottom) / 2, TitleY, "label", "middle", rotate: -90);
        below?.Invoke(canvas);
        foreach (var s in series)
            if (s.Band is { } band) canvas.Band([.. s.Points.Zip(band, (p, b) => (X.At(p.X), Y.At(b.Low), Y.At(b.High)))], $"band {s.Style}");
        foreach (var s in series)
        {
            (double X, double Y)[] points = [.. s.Points.Select(p => (X.At(p.X), Y.At(p.Y)))];
            canvas.Curve(points, $"curve {s.Style}");
            if (s.Dots || points.Length == 1) canvas.Dots(points, $"dots {s.Style}");
        }
        if (offset != 0) canvas.Raw("</g>");
    }

    /// <summary>Height of the legend of these curves on a canvas of this width.</summary>
    internal static double LegendHeight(IEnumerable<string> names, double width, double x = Left) => Places(names, width, x).Select(p => p.Y).DefaultIfEmpty(0).Max() + LegendRow;

    /// <summary>Draws the names of the curves in rows, the first with its baseline at <paramref name="y"/>.</summary>
    internal static void Legend(SvgCanvas canvas, IReadOnlyList<(string Name, string Style)> entries, double y, double x = Left)
    {
        foreach (var ((name, style), place) in entries.Zip(Places(entries.Select(e => e.Name), canvas.Width, x)))
            canvas.Line(place.X, y + place.Y - 4, place.X + 18, y + place.Y - 4, $"curve {style}").Text(place.X + 24, y + place.Y, name, "legend");
    }

    private static IEnumerable<(double X, double Y)> Places(IEnumerable<string> names, double width, double start)
    {
        double x = start, y = 0;
        foreach (string name in names)
        {
            double length = 34 + TextWidth(name);
            if (x > start && x + length > width) (x, y) = (start, y + LegendRow);
            yield return (x, y);
            x += length + 10;
        }
    }

    /// <summary>About how wide a text of 12 units is: there is nothing here to measure it with.</summary>
    internal static double TextWidth(string text) => 6.6 * text.Length;
}
