using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;

namespace MedBench.TestLogger;

/// <summary>What the claim tests leave in a folder, told at the end of the run, also of one that fails: files that could not be read, a filter that no row fits, the summary.</summary>
[FriendlyName("claims")]
[ExtensionUri("logger://medbench/claims/v1")]
public sealed class ClaimsLogger : ITestLoggerWithParameters
{
    private int _rows;

    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, string testRunDirectory) => throw new ArgumentException("give the folder: claims;folder=PATH", nameof(testRunDirectory));

    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, Dictionary<string, string?> parameters)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(parameters);
        string folder = parameters["folder"]!;
        events.TestResult += (_, _) => _rows++;
        events.TestRunComplete += (_, _) => Tell(folder);
    }

    private void Tell(string folder)
    {
        string broken = Path.Combine(folder, "broken.txt"), summary = Path.Combine(folder, "summary.md");
        if (File.Exists(broken)) Console.Error.WriteLine($"error: {File.ReadAllText(broken)}");
        else if (_rows == 0) Console.Error.WriteLine("note: no row of the claim tests fits the filter; see their names with: dotnet vstest artifacts/bin/MedBench.ClaimTests/debug/MedBench.ClaimTests.dll --ListTests");
        if (File.Exists(summary)) Console.WriteLine(File.ReadAllText(summary));
    }
}
