using System.Reflection;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Reporting.Formats;
using MedBench.Reporting.History;
using MedBench.Reporting.Model;

namespace MedBench.Cli.Reports;

/// <summary>Where a report goes that is not the page.</summary>
internal static class ReportOutput
{
    /// <summary>The format of the page.</summary>
    public const string Html = "html";

    private const string Summary = "github-summary", Standard = "-";

    /// <summary>Writes one format.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">File; <c>-</c> for standard output; null for the format's own name, or for a job's summary on GitHub.</param>
    /// <param name="report">The report.</param>
    /// <returns>Where it went.</returns>
    public static string Write(string name, string? path, BenchmarkReport report)
    {
        var format = ReportFormats.Get(name);
        byte[] content = format.Write(report);
        if (path == Standard)
        {
            using var output = Console.OpenStandardOutput();
            output.Write(content);
            return "standard output";
        }
        // The runner's file may hold what other commands of the step said: it is added to, as GitHub asks.
        if (path is null && name == Summary && Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
        {
            using var stream = new FileStream(summary, FileMode.Append, FileAccess.Write);
            stream.Write(content);
            return summary;
        }
        path ??= format.FileName;
        AtomicFile.Write(path, stream => stream.Write(content));
        return Path.GetFullPath(path);
    }

    /// <summary>Adds the report to a history, if one is kept, and the history to the report.</summary>
    /// <exception cref="MedBenchException">A line of the file is malformed.</exception>
    public static BenchmarkReport WithHistory(BenchmarkReport report, string? path)
    {
        if (path is null) return report;
        string version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var history = VerdictHistory.Add(path, VerdictCount.Of(report, DateTimeOffset.UtcNow, version));
        Terminal.Note($"{history.Count} {(history.Count == 1 ? "entry" : "entries")} in {path}");
        return report with { History = history };
    }
}
