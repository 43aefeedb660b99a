using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Runs.Store;

/// <summary>Records that were kept without their predictions, such as <c>expected-results/measured</c>: one JSON file a run, named by its id.</summary>
/// <param name="folder">Searched with its subfolders; one that does not exist holds no runs.</param>
public sealed class RecordsSource(string folder) : IRunSource
{
    /// <inheritdoc/>
    /// <exception cref="MedBenchException">A file is malformed, or not named by its run.</exception>
    public IEnumerable<StoredRun> Runs() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => new StoredRun(Read(file), file, null))
        : [];

    private static RunResult Read(string file)
    {
        var result = StrictJson.Read<RunResult>(File.ReadAllBytes(file), file);
        return result.Id == result.Spec.Id && result.Id == Path.GetFileNameWithoutExtension(file)
            ? result
            : throw new MedBenchException($"{file}: 'spec' does not belong to this file: it was edited or renamed", "restore it from version control");
    }
}
