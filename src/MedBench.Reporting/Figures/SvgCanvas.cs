using System.Globalization;
using System.Net;
using System.Text;

namespace MedBench.Reporting.Figures;

/// <summary>Writes an <c>svg</c> element. Coordinates are user units, rounded to a tenth; styling is by class only.</summary>
/// <param name="width">Width.</param>
/// <param name="height">Height.</param>
internal sealed class SvgCanvas(double width, double height)
{
    private readonly StringBuilder _content = new();

    /// <summary>Width in user units.</summary>
    internal double Width => width;

    /// <summary>A coordinate as it is written.</summary>
    internal static string N(double value) => Math.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture);

    internal SvgCanvas Line(double x1, double y1, double x2, double y2, string css) => Path($"M{N(x1)} {N(y1)}L{N(x2)} {N(y2)}", css);

    internal SvgCanvas Path(string data, string css) => data.Length == 0 ? this : Raw($"<path class=\"{css}\" d=\"{data}\"/>");

    internal SvgCanvas Rect(double x, double y, double w, double h, string css) =>
        Raw($"<rect class=\"{css}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(Math.Max(0, w))}\" height=\"{N(Math.Max(0, h))}\"/>");

    /// <summary>A row of dots as one element: round caps of strokes without length.</summary>
    internal SvgCanvas Dots(IEnumerable<(double X, double Y)> points, string css) =>
        Path(string.Concat(points.Select(p => $"M{N(p.X)} {N(p.Y)}h0")), css);

    /// <summary>A polyline; fewer than two points draw nothing.</summary>
    internal SvgCanvas Curve(IReadOnlyList<(double X, double Y)> points, string css) =>
        points.Count < 2 ? this : Path("M" + string.Join("L", points.Select(p => $"{N(p.X)} {N(p.Y)}")), css);

    /// <summary>The area between two curves over the same abscissas.</summary>
    internal SvgCanvas Band(IReadOnlyList<(double X, double Low, double High)> points, string css) => points.Count < 2
        ? this
        : Path("M" + string.Join("L", points.Select(p => $"{N(p.X)} {N(p.High)}").Concat(points.Reverse().Select(p => $"{N(p.X)} {N(p.Low)}"))) + "Z", css);

    /// <summary>Text; <paramref name="anchor"/> is <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    internal SvgCanvas Text(double x, double y, string text, string css = "", string anchor = "start", int? rotate = null)
    {
        string turn = rotate is { } angle ? $" transform=\"rotate({angle} {N(x)} {N(y)})\"" : "";
        return Raw($"<text x=\"{N(x)}\" y=\"{N(y)}\"{Class(css)}{(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")}{turn}>{Escape(text)}</text>");
    }

    /// <summary>A text without an anchor of its own, for a group that has one.</summary>
    internal static string Word(double x, double y, string text, string css = "") => $"<text x=\"{N(x)}\" y=\"{N(y)}\"{Class(css)}>{Escape(text)}</text>";

    internal SvgCanvas Raw(string element)
    {
        _content.Append(element);
        return this;
    }

    /// <summary>The element with its text alternative.</summary>
    internal string ToSvg(string id, string title, string description) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(width)} {N(height)}\" width=\"{N(width)}\" height=\"{N(height)}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">"
        + $"<title id=\"{id}-t\">{Escape(title)}</title><desc id=\"{id}-d\">{Escape(description)}</desc>{_content}</svg>";

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Class(string css) => css.Length == 0 ? "" : $" class=\"{css}\"";
}
