namespace MedBench.Reporting.Exporters;

/// <summary>One look of a report.</summary>
public interface IReportExporter
{
    /// <summary>The whole text, ending in a line break.</summary>
    string Export(ResultTable table);
}
