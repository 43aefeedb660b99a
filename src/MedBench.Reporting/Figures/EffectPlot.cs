using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using static MedBench.Reporting.Figures.SvgCanvas;

namespace MedBench.Reporting.Figures;

/// <summary>A forest plot: effects with their intervals on one axis of points, each marked by the kind of evidence that it rests on.</summary>
internal static class EffectPlot
{
    private const double Line = 17, Gap = 9, Head = 26, Top = 30, LabelWidth = 400, PlotWidth = 330, NumberWidth = 186, OutcomeWidth = 96, LetterWidth = 6.1;

    // Effects of small studies can be far beyond all others: the axis ends there, an arrow says so, and the numbers stand beside.
    private const double Furthest = 0.12;

    private static readonly EvidenceKind[] s_kinds = Enum.GetValues<EvidenceKind>();

    /// <summary>The plot.</summary>
    /// <param name="id">Of <c>[a-z0-9-]</c>, unique on a page.</param>
    /// <param name="title">Short heading.</param>
    /// <param name="caption">What is drawn; how to read the marks is added.</param>
    /// <param name="blocks">Rows under their headings; at least one row.</param>
    internal static Figure Draw(string id, string title, string caption, IReadOnlyList<EffectBlock> blocks)
    {
        EffectRow[] rows = [.. blocks.SelectMany(b => b.Rows)];
        string description = $"{rows.Length} effects. " + string.Join(' ', rows.Take(6).Select(r => $"{r.Label}: {Numbers(r)}, {r.Outcome.Words()}.")) + (rows.Length > 6 ? " The rest is in the table." : "");
        return new Figure(
            id, title, $"{caption} Points of AUC or ACC with 95 % intervals; positive is as claimed, or above what is printed. Filled marks: evidence on the sentence itself; hollow ones: transfer from another protocol, encoder or dataset. An arrow: the interval goes on beyond the axis.",
            description, Picture(blocks, rows, id, title, description),
            new FigureTable(
                ["about", "how", "evidence", "effect", "95 % low", "95 % high", "outcome"],
                [.. rows.Select(r => new FigureRow([r.Label, r.Note, Name(r.Kind, r.IsTransfer), Show.SignedPoints(r.Effect), Show.SignedPoints(r.Low), Show.SignedPoints(r.High), r.Outcome.Words()], []))]));
    }

    /// <summary>"runs", "transfer of published".</summary>
    internal static string Name(EvidenceKind kind, bool isTransfer) => (isTransfer ? "transfer of " : "") + kind.Words();

    /// <summary>The sign of a kind of evidence, for words beside the picture.</summary>
    internal static string Sign(EvidenceKind kind, bool isTransfer) => (kind, isTransfer) switch
    {
        (EvidenceKind.Runs, false) => "◆",
        (EvidenceKind.Runs, true) => "◇",
        (EvidenceKind.Published, false) => "■",
        (EvidenceKind.Published, true) => "□",
        (EvidenceKind.Independent, false) => "●",
        (EvidenceKind.Independent, true) => "○",
        (EvidenceKind.Audits, false) => "▼",
        (EvidenceKind.Audits, true) => "▽",
        (_, false) => "▲",
        (_, true) => "△",
    };

    private static string Picture(IReadOnlyList<EffectBlock> blocks, EffectRow[] rows, string id, string title, string description)
    {
        double height = Top + blocks.Sum(b => (b.Heading.Length > 0 ? Head : 0) + b.Rows.Sum(Height)) + 40, bottom = height - 40;
        double left = LabelWidth, right = left + PlotWidth;
        var canvas = new SvgCanvas(right + NumberWidth + OutcomeWidth, height);
        var x = Axis.Linear(rows.SelectMany(r => (double[])[r.Low, r.High, r.Effect]).Append(0).Select(v => Math.Clamp(v, -Furthest, Furthest)), left + 12, right - 12);
        foreach (double tick in x.Ticks)
            canvas.Line(x.At(tick), Top - 6, x.At(tick), bottom, tick == 0 ? "axis" : "grid").Text(x.At(tick), bottom + 18, x.Percent(tick), "tick", "middle");
        canvas.Text((left + right) / 2, bottom + 35, "points", "label", "middle");
        Legend(canvas, rows);
        double y = Top;
        foreach (var block in blocks)
        {
            if (block.Heading.Length > 0)
            {
                canvas.Text(0, y + 18, Labels.Cut(block.Heading, (int)(canvas.Width / LetterWidth)), "heading");
                y += Head;
            }
            foreach (var row in block.Rows)
            {
                Draw(canvas, x, row, y);
                y += Height(row);
            }
        }
        return canvas.ToSvg(id, title, description);
    }

    private static double Height(EffectRow row) => (Lines(row.Label).Count + (row.Note.Length > 0 ? 1 : 0)) * Line + Gap;

    private static List<string> Lines(string label)
    {
        const int Letters = (int)(LabelWidth / LetterWidth);
        var lines = new List<string> { "" };
        foreach (string word in label.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > Letters) lines.Add(word);
            else lines[^1] += (lines[^1].Length > 0 ? " " : "") + word;
        }
        return lines;
    }

    private static void Draw(SvgCanvas canvas, Axis x, EffectRow row, double top)
    {
        double y = top + (Height(row) - Gap) / 2 + 2;
        double line = top + 15;
        foreach (string text in Lines(row.Label))
        {
            canvas.Text(0, line, text);
            line += Line;
        }
        if (row.Note.Length > 0) canvas.Text(0, line - 2, row.Note, "tick");
        string css = $"e-{row.Kind.Name()}";
        double low = x.At(row.Low), high = x.At(row.High), at = x.At(row.Effect);
        canvas.Line(low, y, high, y, $"span {css}");
        // An interval that ends on the axis has a bar there; one that goes on an arrow.
        if (row.Low < x.Min) canvas.Path($"M{N(low + 6)} {N(y - 4)}L{N(low)} {N(y)}L{N(low + 6)} {N(y + 4)}", $"span {css}");
        if (row.High > x.Max) canvas.Path($"M{N(high - 6)} {N(y - 4)}L{N(high)} {N(y)}L{N(high - 6)} {N(y + 4)}", $"span {css}");
        canvas.Path(Mark(row.Kind, at, y), $"mark-{(row.IsTransfer ? "hollow" : "full")} {css}");
        canvas.Text(x.At(x.Max) + 22, y + 4, Numbers(row), "number");
        canvas.Raw($"<g class=\"c-{row.Outcome.Name()}\">{Word(x.At(x.Max) + 22 + NumberWidth, y + 4, row.Outcome.Words(), "outcome")}</g>");
    }

    private static void Legend(SvgCanvas canvas, EffectRow[] rows)
    {
        double at = 6;
        foreach (var (kind, transfer) in from kind in s_kinds from transfer in (bool[])[false, true] where rows.Any(r => r.Kind == kind && r.IsTransfer == transfer) select (kind, transfer))
        {
            canvas.Path(Mark(kind, at, 9), $"mark-{(transfer ? "hollow" : "full")} e-{kind.Name()}").Text(at + 12, 13, Name(kind, transfer), "legend");
            at += 36 + Name(kind, transfer).Length * LetterWidth;
        }
    }

    private static string Mark(EvidenceKind kind, double x, double y) => kind switch
    {
        EvidenceKind.Runs => $"M{N(x)} {N(y - 6)}l6 6-6 6-6-6z",
        EvidenceKind.Published => $"M{N(x - 5)} {N(y - 5)}h10v10h-10z",
        EvidenceKind.Independent => $"M{N(x - 5)} {N(y)}a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
        _ => $"M{N(x)} {N(y - 6)}l6 11h-12z",
    };

    private static string Numbers(EffectRow row) => $"{Show.SignedPoints(row.Effect)} ({Show.SignedPoints(row.Low)} to {Show.SignedPoints(row.High)})";
}
