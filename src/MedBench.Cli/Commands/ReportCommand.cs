using System.CommandLine;
using System.Diagnostics;
using MedBench.Claims;
using MedBench.Cli.Display;
using MedBench.Cli.Reports;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Reporting.Building;
using MedBench.Reporting.Checks;
using MedBench.Reporting.Crate;
using MedBench.Reporting.Formats;
using MedBench.Reporting.Html;
using MedBench.Reporting.Model;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench report</c>: everything on record as one HTML page, and in the formats of other programs.</summary>
internal static class ReportCommand
{
    private const string All = "all";
    private static readonly Option<string> s_paper = new("--paper") { Description = "Paper by its short name, or all that have runs", DefaultValueFactory = _ => All };
    private static readonly Option<string?> s_measured = new("--measured") { Description = "Folder of kept records (default: that of --expected)" };
    private static readonly Option<string?> s_out = new("--out") { Description = "File to write (default: report.html, or the format's own name); - for standard output" };
    private static readonly Option<int> s_details = NumberOption.Whole("--details", "Configurations that get figures of their own", Limits.Details, usual: 24);

    private static readonly Option<string> s_format = new("--format") { Description = $"html, {string.Join(", ", ReportFormats.All.Select(f => f.Name))}", DefaultValueFactory = _ => ReportOutput.Html };
    private static readonly Option<string?> s_exports = new("--exports") { Description = "Folder for all formats at once, with the records and RO-Crate metadata, fit for an archive" };
    private static readonly Option<string?> s_check = new("--check") { Description = "Page to compare with the store and the published numbers; exit code 2 if it says anything else" };
    private static readonly Option<string?> s_history = new("--history") { Description = "File of earlier verdict counts: these are added, and the formats for people show the trend" };

    public static Command Create()
    {
        var command = new Command("report", "Write one self-contained HTML page on everything in the results store, or another format")
        {
            s_paper, s_measured, s_format, s_out, s_exports, s_history, s_check, s_details,
        };
        foreach (var option in CommonOptions.OfBook) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    /// <summary>Writes the page on what a book knows.</summary>
    /// <param name="book">The book.</param>
    /// <param name="papers">Short names; empty for all that have runs.</param>
    /// <param name="path">File to write.</param>
    /// <param name="title">Title of the page; null for one made of the papers.</param>
    /// <param name="live">What was just run; null for nothing.</param>
    public static void Write(Book book, IReadOnlyList<string> papers, string path, string? title = null, ResultTable? live = null)
    {
        var report = new ReportBuilder(book).Build(papers, title) with { Live = live };
        AtomicFile.WriteText(path, new HtmlPage(book.Published).Render(report));
    }

    private static int Run(ParseResult parsed)
    {
        long start = Stopwatch.GetTimestamp();
        string paper = parsed.GetValue(s_paper)!, format = parsed.GetValue(s_format)!;
        int details = parsed.GetValue(s_details);
        var book = CommonOptions.BookOf(parsed, measured: CommonOptions.Given(parsed, s_measured));
        if (parsed.GetValue(s_check) is { } checkedPage) return Check(book, checkedPage);

        var report = new ReportBuilder(book).Build(paper == All ? [] : [paper]);
        report = ReportOutput.WithHistory(report, parsed.GetValue(s_history));
        string? path = parsed.GetValue(s_out);
        if (parsed.GetValue(s_exports) is { } folder)
        {
            ReportFolder.Write(folder, report, new HtmlPage(book.Published, details).Render(report));
            Console.Out.WriteLine(Path.GetFullPath(folder));
        }
        else if (format == ReportOutput.Html && path != "-")
        {
            AtomicFile.WriteText(path ??= "report.html", new HtmlPage(book.Published, details).Render(report));
            Console.Out.WriteLine(Path.GetFullPath(path));
        }
        else if (format == ReportOutput.Html) Console.Out.Write(new HtmlPage(book.Published, details).Render(report));
        else if (ReportOutput.Write(format, path, report) is var place && path != "-") Console.Out.WriteLine(place);
        Terminal.Note($"{report.Cells.Count} cells, {report.Runs.Count} runs, {report.Claims.Count} claims; {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        return ExitCodes.Ok;
    }

    private static int Check(Book book, string path)
    {
        const int Shown = 100;
        var check = PageCheck.Open(path);
        var report = new ReportBuilder(book).Build(check.Papers, check.Title);
        var differences = check.Differences(report, book.Published);
        foreach (string line in differences.Take(Shown)) Console.Out.WriteLine(line);
        if (differences.Count > Shown) Console.Out.WriteLine($"and {differences.Count - Shown} more");
        if (differences.Count == 0)
        {
            Console.Out.WriteLine($"{path}: everything on it is in the store or published ({report.Runs.Count} runs, {report.Cells.Count} cells)");
            return ExitCodes.Ok;
        }
        throw new MedBenchException($"{path}: {differences.Count} differences from the store and the published numbers", "if the store is right, make the page anew with `medbench report`");
    }
}
