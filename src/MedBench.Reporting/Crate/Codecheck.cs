using System.Globalization;
using MedBench.Core.Text;
using MedBench.Reporting.Model;
using YamlDotNet.Serialization;

namespace MedBench.Reporting.Crate;

/// <summary>
/// <c>codecheck.yml</c> after CODECHECK's configuration file 1.0, as far as a program can fill it in: papers and manifest. The checker's name,
/// the certificate and the report's DOI are for the person who checks.
/// </summary>
public static class Codecheck
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "codecheck.yml";

    private static readonly ISerializer s_yaml = new SerializerBuilder().Build();

    /// <summary>The text of the file.</summary>
    /// <param name="report">The report.</param>
    /// <param name="files">What the manifest lists.</param>
    public static string Write(BenchmarkReport report, IEnumerable<CrateFile> files)
    {
        var content = new Dictionary<string, object>
        {
            ["version"] = "https://codecheck.org.uk/spec/config/1.0",
            ["paper"] = new Dictionary<string, object> { ["title"] = string.Join("; ", report.Papers.Select(p => p.Citation)) },
            ["manifest"] = files.Select(f => new Dictionary<string, string> { ["file"] = f.Path, ["comment"] = f.About }).ToList(),
            ["summary"] = $"{string.Join(", ", report.Summary.Counts.OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key.Words()}"))} of {report.Cells.Count} cells",
        };
        if (report.LastRun is { } last) content["check_time"] = last.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return "---\n# To be filled in by the checker: codechecker, certificate, report, repository.\n" + s_yaml.Serialize(content).ReplaceLineEndings("\n");
    }
}
