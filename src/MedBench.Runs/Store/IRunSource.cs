namespace MedBench.Runs.Store;

/// <summary>Somewhere that finished runs can be read from.</summary>
public interface IRunSource
{
    /// <summary>Every run, in a fixed order.</summary>
    IEnumerable<StoredRun> Runs();
}
