using MedBench.Core.Errors;

namespace MedBench.Reporting.Formats;

/// <summary>All formats but the page, by name.</summary>
public static class ReportFormats
{
    /// <summary>Every format.</summary>
    public static IReadOnlyList<IReportFormat> All { get; } =
    [
        new MarkdownSummary("markdown", "report.md", MarkdownSummary.PullRequestBytes),
        new MarkdownSummary("github-summary", "summary.md", MarkdownSummary.StepSummaryBytes),
        new JUnitReport(),
        new TableFormat("csv", "cells.csv", CsvFormat.Write),
        new TableFormat("parquet", "cells.parquet", ParquetTable.Write),
    ];

    /// <summary>The format called <paramref name="name"/>.</summary>
    /// <exception cref="MedBenchException">There is none.</exception>
    public static IReportFormat Get(string name) => All.FirstOrDefault(f => f.Name == name) ?? throw Names.Unknown("report format", name, ["html", .. All.Select(f => f.Name)]);
}
