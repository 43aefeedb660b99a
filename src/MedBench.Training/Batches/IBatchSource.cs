namespace MedBench.Training.Batches;

/// <summary>One split, ready to be read in batches.</summary>
public interface IBatchSource : IDisposable
{
    /// <summary>Images in the split.</summary>
    int Count { get; }

    /// <summary>The samples at <paramref name="order"/>, <paramref name="batchSize"/> at a time; the last batch may be smaller.</summary>
    IEnumerable<Batch> Read(ReadOnlyMemory<int> order, int batchSize);
}
