using MedBench.Core.Text;

namespace MedBench.Reporting.Exporters;

/// <summary>The model itself, every number unrounded and as a fraction.</summary>
public sealed class JsonExporter : IReportExporter
{
    /// <inheritdoc/>
    public string Export(ResultTable table) => StrictJson.Write(table);
}
