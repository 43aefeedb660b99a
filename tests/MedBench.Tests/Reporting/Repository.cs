using System.Runtime.CompilerServices;

namespace MedBench.Tests.Reporting;

/// <summary>Files of the working tree.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    internal static string Measured { get; } = Path.Combine(Root, "expected-results", "measured");

    private static string Find([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
