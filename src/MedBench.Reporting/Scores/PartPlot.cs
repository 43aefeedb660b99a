using MedBench.Claims.Scoring;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Reporting.Figures;

namespace MedBench.Reporting.Scores;

/// <summary>One number by parts of the test images: in each part a mark with its interval for every series.</summary>
internal static class PartPlot
{
    /// <summary>As many as the style sheet has colours.</summary>
    internal const int MostSeries = 8;

    private const double Line = 15, Gap = 13, Head = 26, LegendLine = 17, LabelWidth = 250, PlotWidth = 420, NumberWidth = 170, LetterWidth = 6.1;
    private const int Letters = (int)(LabelWidth / LetterWidth);

    /// <summary>The plot; null where no part has the number.</summary>
    /// <param name="id">Of <c>[a-z0-9-]</c>, unique on a page.</param>
    /// <param name="title">Short heading.</param>
    /// <param name="caption">What is drawn; how to read the marks is added.</param>
    /// <param name="isSigned">Points above or below 0, instead of a share in percent.</param>
    /// <param name="series">What each value of a row is of; at most <see cref="MostSeries"/>.</param>
    /// <param name="blocks">The parts under their headings.</param>
    /// <param name="table">The data.</param>
    internal static Figure? Draw(string id, string title, string caption, bool isSigned, IReadOnlyList<string> series, IReadOnlyList<PartBlock> blocks, FigureTable table)
    {
        (PartRow Row, Estimate Value)[] values = [.. from block in blocks from row in block.Rows from value in row.Values.OfType<Estimate>() select (row, value)];
        if (values.Length == 0) return null;
        Func<double, string> show = isSigned ? Show.SignedPoints : Show.Points;
        string unit = isSigned ? "points" : "%";
        var (least, most) = (values.MinBy(v => v.Value.Value), values.MaxBy(v => v.Value.Value));
        string description = $"{values.Length} numbers in {blocks.Sum(b => b.Rows.Count)} parts. Lowest: {least.Row.Label}, {show(least.Value.Value)} {unit}; highest: {most.Row.Label}, {show(most.Value.Value)} {unit}.";
        return new Figure(
            id, title, caption + (series.Count > 1 ? " In each row from top to bottom in the order of the legend." : "") + " Lines: 95 % intervals; without one, there are too few images.",
            description, Picture(id, title, description, isSigned, show, series, blocks, [.. values.Select(v => v.Value)]), table);
    }

    private static string Picture(string id, string title, string description, bool isSigned, Func<double, string> show, IReadOnlyList<string> series, IReadOnlyList<PartBlock> blocks, Estimate[] values)
    {
        bool legend = series.Count > 1;
        double rowHeight = Math.Max(2, series.Count) * Line + Gap, top = (legend ? series.Count * LegendLine : 0) + 14;
        double bottom = top + blocks.Sum(b => (b.Heading.Length > 0 ? Head : 0) + b.Rows.Count * rowHeight);
        var canvas = new SvgCanvas(LabelWidth + PlotWidth + NumberWidth, bottom + 42);
        var ends = values.SelectMany(v => (double[])[v.Value, Over(v)?.Low ?? v.Value, Over(v)?.High ?? v.Value]);
        var x = isSigned ? Axis.Linear(ends.Append(0), LabelWidth, LabelWidth + PlotWidth) : Axis.Linear(ends, LabelWidth, LabelWidth + PlotWidth, 0, 1);
        foreach (double tick in x.Ticks)
            canvas.Line(x.At(tick), top - 6, x.At(tick), bottom, isSigned && tick == 0 ? "axis" : "grid").Text(x.At(tick), bottom + 18, x.Percent(tick), "tick", "middle");
        canvas.Text(LabelWidth + PlotWidth / 2, bottom + 36, isSigned ? "points" : "%", "label", "middle");
        if (legend)
            foreach (var (i, name) in series.Index())
                canvas.Dots([(6, i * LegendLine + 9)], $"dots s{i + 1}").Text(18, i * LegendLine + 13, name, "legend");
        double y = top;
        foreach (var block in blocks)
        {
            if (block.Heading.Length > 0)
            {
                canvas.Text(0, y + 18, block.Heading, "heading");
                y += Head;
            }
            foreach (var row in block.Rows)
            {
                Draw(canvas, x, row, y, show);
                y += rowHeight;
            }
        }
        return canvas.ToSvg(id, title, description);
    }

    private static void Draw(SvgCanvas canvas, Axis x, PartRow row, double top, Func<double, string> show)
    {
        canvas.Text(0, top + 12, Labels.Cut(row.Label, Letters)).Text(0, top + 12 + Line, row.Note, "tick");
        foreach (var (i, value) in row.Values.Index())
        {
            if (value is null) continue;
            double y = top + 8 + (row.Values.Count == 1 ? Line / 2 : i * Line);
            string number = show(value.Value);
            if (Over(value) is { } interval)
            {
                canvas.Line(x.At(interval.Low), y, x.At(interval.High), y, $"curve s{i + 1}");
                number += $" ({ScoreTables.Range(interval, show)})";
            }
            canvas.Dots([(x.At(value.Value), y)], $"dots s{i + 1}").Text(canvas.Width - 2, y + 4, number, "number", "end");
        }
    }

    // Images of one group hang together: where groups are known, theirs is the interval to believe.
    private static Interval? Over(Estimate value) => value.OverGroups ?? value.Interval;
}

/// <summary>Parts under one heading.</summary>
/// <param name="Heading">Empty for none.</param>
/// <param name="Rows">In order.</param>
internal sealed record PartBlock(string Heading, IReadOnlyList<PartRow> Rows);

/// <summary>One part.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Note">How many images it has.</param>
/// <param name="Values">A value for each series; null where it has none.</param>
internal sealed record PartRow(string Label, string Note, IReadOnlyList<Estimate?> Values);
