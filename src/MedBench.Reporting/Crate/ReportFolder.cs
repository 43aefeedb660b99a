using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Reporting.Formats;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Crate;

/// <summary>A folder that holds a report in every format, the record of every run, and the metadata that make it an RO-Crate.</summary>
public static class ReportFolder
{
    /// <summary>Writes the folder; files of the same names are replaced, the metadata last.</summary>
    /// <param name="folder">Made if missing.</param>
    /// <param name="report">The report.</param>
    /// <param name="page">The HTML page on it.</param>
    /// <returns>The files, without the two of metadata.</returns>
    /// <exception cref="MedBenchException">The folder cannot be written.</exception>
    public static IReadOnlyList<CrateFile> Write(string folder, BenchmarkReport report, string page)
    {
        CrateFile[] files = [.. Files(report, page)];
        foreach (var file in files) AtomicFile.Write(Path.Combine(folder, file.Path), stream => stream.Write(file.Content));
        AtomicFile.WriteText(Path.Combine(folder, Codecheck.FileName), Codecheck.Write(report, files.Where(f => !f.Path.StartsWith("records/", StringComparison.Ordinal))));
        AtomicFile.WriteText(Path.Combine(folder, RoCrate.FileName), new RoCrate(report, files).Write());
        return files;
    }

    private static IEnumerable<CrateFile> Files(BenchmarkReport report, string page)
    {
        yield return new CrateFile("report.html", "The report as one self-contained page", "text/html", Encoding.UTF8.GetBytes(page));
        foreach (var format in ReportFormats.All)
            yield return new CrateFile(format.FileName, About(format.FileName), Media(format.FileName), format.Write(report));
        yield return new CrateFile("runs.csv", About("runs.csv"), Media("runs.csv"), CsvFormat.Write(RunColumns.All, report.Runs));
        yield return new CrateFile("runs.parquet", About("runs.parquet"), Media("runs.parquet"), ParquetTable.Write(RunColumns.All, report.Runs));
        foreach (var run in report.Runs)
            yield return new CrateFile(RoCrate.RecordOf(run.Id), $"The record of run {run.Id}: specification, metrics, environment", "application/json", Encoding.UTF8.GetBytes(StrictJson.Write(run.Result)));
    }

    private static string About(string file) => file switch
    {
        "report.md" => "Summary for a pull request",
        "summary.md" => "Summary for a job on GitHub",
        "junit.xml" => "A test case for each claim and each cell",
        _ => $"{(file.StartsWith("runs", StringComparison.Ordinal) ? "Every run" : "Every cell with our mean, the printed number and the verdict")}, as a table; metrics are fractions",
    };

    private static string Media(string file) => Path.GetExtension(file) switch
    {
        ".md" => "text/markdown",
        ".xml" => "application/xml",
        ".csv" => "text/csv",
        _ => "application/vnd.apache.parquet",
    };
}
