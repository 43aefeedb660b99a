namespace MedBench.Runs.Store;

/// <summary>The runs of a results store.</summary>
/// <param name="folder">The store's folder; one that does not exist holds no runs.</param>
public sealed class StoreSource(string folder) : IRunSource
{
    /// <inheritdoc/>
    public IEnumerable<StoredRun> Runs() => new ResultsStore(folder).All().Select(result => Of(folder, result));

    /// <summary>A result with the files beside it.</summary>
    public static StoredRun Of(string folder, RunResult result)
    {
        string predictions = Path.Combine(folder, result.Id, PredictionsFile.Name);
        return new StoredRun(result, Path.Combine(folder, result.Id, ResultsStore.ResultFile), File.Exists(predictions) ? predictions : null);
    }
}
