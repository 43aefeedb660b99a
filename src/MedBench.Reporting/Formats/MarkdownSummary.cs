using System.Globalization;
using System.Text;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Html;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Formats;

/// <summary>
/// GitHub-flavoured Markdown for a pull request or a job's summary: verdicts and claims first, tables folded. It never grows beyond
/// what GitHub takes: rows that do not fit are left out, and their number is given.
/// </summary>
/// <param name="name">Name on the command line.</param>
/// <param name="fileName">Name of its file.</param>
/// <param name="limit">Most bytes.</param>
public sealed class MarkdownSummary(string name, string fileName, int limit) : IReportFormat
{
    /// <summary>A comment on GitHub holds 65,536 characters.</summary>
    public const int PullRequestBytes = 65_000;

    /// <summary>A step's summary holds 1 MiB.</summary>
    public const int StepSummaryBytes = 1_000_000;

    // Kept free for the closing of a folded table and the line that says what was left out.
    private const int Reserve = 400;

    private static readonly string[] s_cellHeadings = ["cell", "seeds", "ours %", "printed %", "gap", "verdict"];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string FileName => fileName;

    /// <inheritdoc/>
    public byte[] Write(BenchmarkReport report)
    {
        var text = new LimitedText(limit, Reserve);
        Head(text, report);
        Claims(text, report);
        Trend(text, report);
        var run = report.Cells.Where(c => c.IsRun).ToList();
        Cells(text, "Cells that deviate", [.. run.Where(c => c.Cell.Verdict.Kind is VerdictKind.Deviates or VerdictKind.StaleKnownDeviation)], withReason: true);
        foreach (var paper in run.GroupBy(c => c.Cell.Key.Paper)) Cells(text, $"Every cell of {paper.Key} that was run", [.. paper], withReason: false);
        if (TwinTable.Of(report) is { Rows.Count: > 0 } twins)
            Fold(text, TwinTable.Title, twins.Rows.Count, [.. twins.Rows.Select(Row)], string.Concat(twins.Notes.Select(n => $"- {Markdown.Escape(n)}\n")) + "\n" + Markdown.Head(twins.Columns));
        Fold(text, "What was skipped or assumed", report.Limitations.Count, [.. report.Limitations.Select(l => $"- {Markdown.Escape(l)}\n")], "");
        Fold(text, "How verdicts are made", 0, [.. ResultTable.Of(report.Title, [], [], report.Rules).Legend.Select(l => $"- {Markdown.Escape(l)}\n")], "");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Head(LimitedText text, BenchmarkReport report)
    {
        text.Must($"# {Markdown.Escape(report.Title)}\n\n");
        foreach (var mark in report.Marks) text.Must($"> **{Markdown.Escape(mark.Text)}**\n>\n");
        text.Must("\n| verdict | cells |\n|---|---:|\n");
        foreach (var (kind, count) in report.Summary.Counts.OrderBy(c => c.Key)) text.Must($"| {kind.Words()} | {count} |\n");
        text.Must("\n");
        foreach (var paper in report.Coverage)
            text.Must(FormattableString.Invariant($"- {Markdown.Escape(paper.Paper)}: {paper.CellsRun} of {paper.Cells} cells on record run ({100 * paper.Share:0.#} %), {paper.Runs} runs, seeds {string.Join(", ", paper.Seeds)}\n"));
        foreach (var use in report.Environments)
            text.Must($"- {use.Runs} runs: {Markdown.Escape($"{use}")}\n");
        text.Must("\n");
    }

    private static void Claims(LimitedText text, BenchmarkReport report)
    {
        if (report.Claims.Count == 0) return;
        text.Must("## Claims\n\n| claim | outcome | evidence | effect | interval | cells |\n|---|---|---|---|---|---|\n");
        Rows(text, [.. report.Claims.OrderBy(c => !c.State.IsDecided()).ThenBy(c => !c.IsPrimary).Select(c => Row([
            c.Statement + (c.Marks.Any(IsOwn) ? $" ({string.Join("; ", c.Marks.Where(IsOwn).Select(m => m.Text))})" : ""),
            c.State.Words(), $"{EffectPlot.Sign(c.Kind, c.IsTransfer)} {c.Evidence}",
            c.Effect ?? "", ClaimGroups.Interval(c),
            c.MinimumMet ? $"{c.CellsUsed}" : $"{c.CellsUsed} of at least {c.CellsNeeded}"]))]);
        text.Must("\n");
        string[] caveats = [.. report.Claims.SelectMany(c => c.Marks).Where(m => m.Kind == MarkKind.Caveat).Select(m => m.Text).Distinct()];
        Fold(text, "Caveats of claims", caveats.Length, [.. caveats.Select(c => $"- {Markdown.Escape(c)}\n")], "");
    }

    // The evidence has a column, and caveats are said once.
    private static bool IsOwn(Mark mark) => mark.Kind is not (MarkKind.Caveat or MarkKind.PublishedNumbers);

    // The last twenty: what a reader of a pull request wants to know is what has moved.
    private static void Trend(LimitedText text, BenchmarkReport report)
    {
        const int Shown = 20;
        var kinds = report.History.SelectMany(h => h.Cells.Keys).Distinct().Order().ToList();
        string[] headings = ["date", "version", "runs", .. kinds.Select(k => k.Words())];
        string[] rows = [.. report.History.TakeLast(Shown).Select(h => Row([
            h.Date.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Commit(h.Version), $"{h.Runs}", .. kinds.Select(k => $"{h.Cells.GetValueOrDefault(k)}")]))];
        Fold(text, "Trend of the verdicts", report.History.Count, rows, Markdown.Head(headings));
    }

    // 0.1.0+0123456789…: ten digits of the commit tell it apart.
    private static string Commit(string version) => version.Split('+') is [var number, { Length: > 10 } commit] ? $"{number}+{commit[..10]}" : version;

    private static void Cells(LimitedText text, string title, IReadOnlyList<ReportedCell> cells, bool withReason)
    {
        if (cells.Count == 0) return;
        string[] headings = withReason ? [.. s_cellHeadings, "why"] : s_cellHeadings;
        string[] rows = [.. cells.Select(c =>
        {
            var verdict = c.Cell.Verdict;
            string[] fields = [
                c.Cell.Key.ToString(), $"{c.Cell.Seeds.Count}",
                verdict.Ours is { } ours ? Show.Points(ours.Mean) + (ours.Std is { } std ? $" ± {Show.Points(std)}" : "") : "",
                c.Cell.Published is { } published ? Show.Points(published.Mean) : "", verdict.Gap is { } gap ? Show.SignedPoints(gap) : "", verdict.Kind.Words()];
            return Row(withReason ? [.. fields, verdict.Reason] : fields);
        })];
        Fold(text, title, cells.Count, rows, Markdown.Head(headings));
    }

    private static void Fold(LimitedText text, string title, int count, IReadOnlyList<string> rows, string head)
    {
        if (rows.Count == 0) return;
        string heading = $"{Markdown.Escape(title)}{(count > 0 ? $" ({count})" : "")}";
        if (!text.Try($"<details><summary>{heading}</summary>\n\n{head}"))
        {
            text.Must($"{heading}: does not fit here, see the page or cells.csv.\n\n");
            return;
        }
        Rows(text, rows);
        text.Must("\n</details>\n\n");
    }

    private static void Rows(LimitedText text, IReadOnlyList<string> rows)
    {
        int written = rows.TakeWhile(text.Try).Count();
        if (written < rows.Count) text.Must($"\n{rows.Count - written} more rows do not fit here: see the page or cells.csv.\n");
    }

    private static string Row(IEnumerable<string> fields) => Markdown.Row(fields.Select(Markdown.Escape));
}
