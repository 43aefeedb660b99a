using static TorchSharp.torch;

namespace MedBench.Training.Batches;

/// <summary>Batches of features that were computed once and stay on the device.</summary>
/// <param name="features">Float32 (N, D); owned from here on.</param>
/// <param name="labels">Labels (N, …) on the same device; owned from here on.</param>
public sealed class FeatureBatches(Tensor features, Tensor labels) : IBatchSource
{
    /// <inheritdoc/>
    public int Count => (int)features.shape[0];

    /// <inheritdoc/>
    public IEnumerable<Batch> Read(ReadOnlyMemory<int> order, int batchSize)
    {
        using var positions = tensor(order.ToArray(), int64, features.device);
        for (int start = 0; start < order.Length; start += batchSize)
        {
            using var chosen = positions.narrow(0, start, Math.Min(batchSize, order.Length - start));
            using var input = features.index_select(0, chosen);
            using var target = labels.index_select(0, chosen);
            yield return new Batch(input, target);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        features.Dispose();
        labels.Dispose();
    }
}
