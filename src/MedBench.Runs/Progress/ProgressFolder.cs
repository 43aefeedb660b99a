using System.Diagnostics.CodeAnalysis;
using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Runs.Progress;

/// <summary>The folder <c>.progress</c> of a results store: one file for each run and each grid under way, on any machine that shares the store.</summary>
/// <param name="store">Folder of the store.</param>
public sealed class ProgressFolder(string store)
{
    private const string Runs = "runs", Grids = "grids";
    private readonly string _folder = Path.Combine(store, ".progress");

    /// <summary>The file of a run under way.</summary>
    public string RunFile(string id) => Path.Combine(_folder, Runs, id + ".json");

    /// <summary>The file of a grid under way.</summary>
    public string GridFile(string id) => Path.Combine(_folder, Grids, id + ".json");

    /// <summary>The runs under way, and those that a killed process left; by id.</summary>
    public IReadOnlyList<RunStatus> ReadRuns() => Read<RunStatus>(Runs);

    /// <summary>The grids under way, and those that a killed process left; by id.</summary>
    public IReadOnlyList<GridStatus> ReadGrids() => Read<GridStatus>(Grids);

    private List<T> Read<T>(string kind) where T : class
    {
        string folder = Path.Combine(_folder, kind);
        if (!Directory.Exists(folder)) return [];
        var found = new List<T>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            if (!Path.GetFileName(file).StartsWith('.') && TryRead<T>(file, out var status)) found.Add(status);
        return found;
    }

    private static bool TryRead<T>(string file, [NotNullWhen(true)] out T? status) where T : class
    {
        try
        {
            status = StrictJson.Read<T>(TextFile.Bytes(file), file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or MedBenchException)
        {
            // Finished and removed a moment ago, or of another version: nothing to show.
            status = null;
            return false;
        }
    }
}
