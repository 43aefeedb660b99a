using MedBench.Reporting.Model;

namespace MedBench.Reporting.Formats;

/// <summary>A whole report as one file.</summary>
public interface IReportFormat
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>Name of its file in a folder of all formats.</summary>
    string FileName { get; }

    /// <summary>The bytes; equal reports give equal bytes.</summary>
    byte[] Write(BenchmarkReport report);
}
