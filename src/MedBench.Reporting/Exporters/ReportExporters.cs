using MedBench.Core.Errors;

namespace MedBench.Reporting.Exporters;

/// <summary>All exporters by name.</summary>
public static class ReportExporters
{
    /// <summary>Every exporter.</summary>
    public static IReadOnlyList<IReportExporter> All { get; } = [new MarkdownExporter(), new JsonExporter(), new TextExporter()];

    /// <summary>The exporter called <paramref name="name"/>.</summary>
    /// <exception cref="MedBenchException">There is none.</exception>
    public static IReportExporter Get(string name) =>
        All.FirstOrDefault(e => e.Name == name) ?? throw Names.Unknown("report format", name, [.. All.Select(e => e.Name)]);
}
