using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Runs.Store;

/// <summary>Records that were kept without a store, such as <c>expected-results/measured</c>: one JSON file a run, named by its id, and its predictions beside it (<c>ID.npz</c>) where they were kept.</summary>
/// <param name="folder">Searched with its subfolders; one that does not exist holds no runs.</param>
public sealed class RecordsSource(string folder) : IRunSource
{
    /// <inheritdoc/>
    /// <exception cref="MedBenchException">A file is malformed, or not named by its run, or two records of one run differ.</exception>
    public IEnumerable<StoredRun> Runs() => Directory.Exists(folder)
        ? Distinct(FolderListing.Files(folder).Where(f => FolderListing.HasExtension(f, ".json")).Select(file => new StoredRun(Read(file), file, PredictionsOf(file))))
        : [];

    /// <summary>Where the predictions of a record are kept: beside it.</summary>
    public static string PredictionsPath(string record) => Path.ChangeExtension(record, ".npz");

    private static string? PredictionsOf(string record) => PredictionsPath(record) is var path && File.Exists(path) ? path : null;

    // One record may lie in the folders of two papers, but it must be one.
    private static IEnumerable<StoredRun> Distinct(IEnumerable<StoredRun> runs)
    {
        var known = new Dictionary<string, StoredRun>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            if (known.TryAdd(run.Result.Id, run)) yield return run;
            else if (!TextFile.Bytes(run.RecordPath).AsSpan().SequenceEqual(TextFile.Bytes(known[run.Result.Id].RecordPath)))
                throw new MedBenchException($"{known[run.Result.Id].RecordPath} and {run.RecordPath} are records of one run, and differ", "keep the one that was measured: version control says which was there first");
        }
    }

    private static RunResult Read(string file)
    {
        var result = RunResult.Read(TextFile.Bytes(file), file);
        return result.Id == result.Spec.Id && result.Id == Path.GetFileNameWithoutExtension(file)
            ? result
            : throw new MedBenchException($"{file}: 'spec' does not belong to this file: it was edited or renamed", "restore it from version control");
    }
}
