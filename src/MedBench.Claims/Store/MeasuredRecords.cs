using MedBench.Claims.Json;
using MedBench.Data.Errors;
using MedBench.Data.Files;

namespace MedBench.Claims.Store;

/// <summary>
/// Results of long runs without weights or predictions, kept in the repository: <c>expected-results/measured/PAPER/RUN.json</c>, each a
/// <c>result.json</c>. A second store to read from: a verdict is there from a fresh clone, and can be earned again without it.
/// </summary>
/// <param name="expected">A folder like <c>expected-results</c>.</param>
public sealed class MeasuredRecords(string expected)
{
    private readonly string _folder = Path.Combine(expected, "measured");

    /// <summary>Every record, by path.</summary>
    /// <exception cref="MedBenchException">A record is malformed, or was edited or moved.</exception>
    public IEnumerable<RunResult> All() => Directory.Exists(_folder)
        ? Directory.EnumerateFiles(_folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)
        : [];

    /// <summary>Keeps a run's result as a record.</summary>
    /// <param name="paper">Its subfolder.</param>
    /// <param name="result">The result.</param>
    public void Keep(string paper, RunResult result) => AtomicFile.WriteText(Path.Combine(_folder, paper, result.Id + ".json"), StrictJson.Write(result));

    private static RunResult Read(string file)
    {
        var result = StrictJson.Read<RunResult>(File.ReadAllBytes(file), file);
        return result.Id == result.Spec.Id && result.Id == Path.GetFileNameWithoutExtension(file)
            ? result
            : throw new MedBenchException($"{file}: 'spec' does not belong to this file: it was edited or moved", "restore it from version control, or delete it and run again");
    }
}
