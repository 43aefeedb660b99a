namespace MedBench.Reporting.Exporters;

/// <summary>One look of a report.</summary>
public interface IReportExporter
{
    /// <summary>Name on the command line, for example <c>markdown</c>.</summary>
    string Name { get; }

    /// <summary>The whole text, ending in a line break.</summary>
    string Export(ResultTable table);
}
