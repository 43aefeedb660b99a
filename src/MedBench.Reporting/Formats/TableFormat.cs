using MedBench.Reporting.Model;

namespace MedBench.Reporting.Formats;

/// <summary>The table of cells as data.</summary>
internal sealed class TableFormat(string name, string fileName, Func<IReadOnlyList<Column<ReportedCell>>, IReadOnlyList<ReportedCell>, byte[]> write) : IReportFormat
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string FileName => fileName;

    /// <inheritdoc/>
    public byte[] Write(BenchmarkReport report) => write(CellColumns.All, report.Cells);
}
