using System.CommandLine;
using System.Diagnostics;
using MedBench.Claims.Claims;
using MedBench.Claims.Store;
using MedBench.Cli.Display;
using MedBench.Data.Errors;
using MedBench.Data.Files;
using MedBench.Reporting.Building;
using MedBench.Reporting.Html;
using MedBench.Reporting.Model;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench report</c>: everything on record as one HTML page.</summary>
internal static class ReportCommand
{
    private const string All = "all";
    private static readonly Option<string> s_paper = new("--paper") { Description = "Paper by its short name, or all that have runs", DefaultValueFactory = _ => All };
    private static readonly Option<string> s_measured = new("--measured") { Description = "Folder of records kept without predictions", DefaultValueFactory = _ => Path.Combine("expected-results", "measured") };
    private static readonly Option<string> s_out = new("--out") { Description = "File to write", DefaultValueFactory = _ => "report.html" };
    private static readonly Option<int> s_details = new("--details") { Description = "Configurations that get figures of their own", DefaultValueFactory = _ => 24 };

    public static Command Create()
    {
        var command = new Command("report", "Write one self-contained HTML page on everything in the results store") { s_paper, CommonOptions.Results, s_measured, s_out, s_details };
        command.SetAction(Run);
        return command;
    }

    /// <summary>Writes the page on one store.</summary>
    /// <param name="sources">Where runs are.</param>
    /// <param name="papers">Short names; empty for all that have runs.</param>
    /// <param name="path">File to write.</param>
    /// <param name="details">Configurations that get figures of their own.</param>
    public static BenchmarkReport Write(IReadOnlyList<IRunSource> sources, IReadOnlyList<string> papers, string path, int details = 24)
    {
        var builder = ReportBuilder.Open(Directory.Exists(ClaimBook.DefaultFolder) ? ClaimBook.DefaultFolder : null);
        var report = builder.Build(new ReportRequest(sources, papers));
        AtomicFile.WriteText(path, new HtmlPage(builder.Published, details).Render(report));
        return report;
    }

    private static int Run(ParseResult parsed)
    {
        long start = Stopwatch.GetTimestamp();
        string path = parsed.GetValue(s_out)!, paper = parsed.GetValue(s_paper)!;
        int details = parsed.GetValue(s_details);
        if (details < 0) throw new MedBenchException($"--details {details}: not a number of configurations", "give 0 or more");
        var report = Write([new StoreSource(parsed.GetValue(CommonOptions.Results)!), new RecordsSource(parsed.GetValue(s_measured)!)], paper == All ? [] : [paper], path, details);
        Console.Out.WriteLine(Path.GetFullPath(path));
        Terminal.Note($"{report.Cells.Count} cells, {report.Runs.Count} runs, {report.Claims.Count} claims; {new FileInfo(path).Length / 1e6:0.00} MB in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        return ExitCodes.Ok;
    }
}
