using MedBench.Data.Datasets;
using MedBench.Data.Errors;
using MedBench.Models;
using MedBench.Models.Weights;
using MedBench.Training.Batches;
using static TorchSharp.torch;

namespace MedBench.Training.Features;

/// <summary>
/// Pre-logit features of whole splits, computed once and kept by content: seeds, recipes, learning rates and k-NN share them.
/// Only for encoders in evaluation mode, whose features depend on nothing but the image.
/// </summary>
/// <param name="folder">Where the files go.</param>
public sealed class FeatureStore(string folder)
{
    // Raise when the numbers that this version computes change.
    private const int Version = 1;
    private const string TensorName = "features";

    /// <summary>The default place: <c>features</c> in the cache folder.</summary>
    public static FeatureStore Default => new(Path.Combine(DatasetFolders.ResolveCache(), "features"));

    /// <summary>The features of a split, float32 (N, D) on <paramref name="device"/>; the caller disposes them.</summary>
    /// <param name="key">What they are of.</param>
    /// <param name="model">Makes the model if it is needed, on <paramref name="device"/>.</param>
    /// <param name="batches">Opens the split if it is needed.</param>
    /// <param name="batchSize">Images in a forward pass.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="progress">Told the number of images done.</param>
    /// <param name="cancel">Stops between two batches; nothing is kept then.</param>
    public Tensor Get(FeatureKey key, Func<ImageModel> model, Func<IBatchSource> batches, int batchSize, Device device, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        string path = Path.Combine(folder, key.Id(Version) + ".safetensors");
        if (TryRead(path, device) is { } stored) return stored;
        using var source = batches();
        using var computed = Extract(model(), source, batchSize, progress, cancel);
        SafetensorsWriter.Write(path, [(TensorName, computed)]);
        return TryRead(path, device) ?? throw new MedBenchException($"{path} cannot be read back after writing", "check the disk");
    }

    // A damaged file is as good as none: its content can be computed again.
    private static Tensor? TryRead(string path, Device device)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var file = Checkpoint.Open(path);
            if (file.Entries is not [{ Name: TensorName, Type: ScalarType.Float32, Shape.Count: 2 } entry]) return null;
            var features = empty([.. entry.Shape], ScalarType.Float32, device);
            file.Read(TensorName, features);
            return features;
        }
        catch (MedBenchException)
        {
            return null;
        }
    }

    /// <summary>The pre-logit features of every image, in order; float32 (N, D) on the CPU.</summary>
    public static Tensor Extract(ImageModel model, IBatchSource source, int batchSize, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        model.eval();
        using var outer = NewDisposeScope();
        using var _ = no_grad();
        var features = empty([source.Count, model.HeadHiddenSize], ScalarType.Float32);
        int done = 0;
        foreach (var batch in source.Read(Enumerable.Range(0, source.Count).ToArray(), batchSize))
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int count = (int)batch.Input.shape[0];
            features.narrow(0, done, count).copy_(model.PreLogits(batch.Input));
            done += count;
            progress?.Report(done);
        }
        return features.MoveToOuterDisposeScope();
    }
}
