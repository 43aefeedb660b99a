namespace MedBench.Runs.Store;

/// <summary>The runs of a results store.</summary>
/// <param name="folder">The store's folder; one that does not exist holds no runs.</param>
public sealed class StoreSource(string folder) : IRunSource
{
    /// <inheritdoc/>
    public IEnumerable<StoredRun> Runs() => new ResultsStore(folder).All().Select(result =>
    {
        string predictions = Path.Combine(folder, result.Id, "predictions.npz");
        return new StoredRun(result, Path.Combine(folder, result.Id, "result.json"), File.Exists(predictions) ? predictions : null);
    });
}
