using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Models;
using MedBench.Models.Weights;
using MedBench.Models.Weights.Bytes;
using MedBench.Training.Batches;
using static TorchSharp.torch;

namespace MedBench.Training.Features;

/// <summary>
/// Features of whole splits, computed once and kept by content: seeds, recipes, learning rates and k-NN share them.
/// Only for encoders in evaluation mode, whose features depend on nothing but the image.
/// </summary>
/// <param name="folder">Where the files go.</param>
public sealed class FeatureStore(string folder)
{
    // Raise when the numbers that this version computes change. 2: no kernels that are wrong where the processor hides its caches.
    private const int Version = 2;
    private const string TensorName = "features";

    /// <summary>The default place: <c>features</c> in the cache folder.</summary>
    public static FeatureStore Default => new(Path.Combine(CacheFolder.Resolve(), "features"));

    /// <summary>The features of a split, float32 (N, …) on <paramref name="device"/>; the caller disposes them. On the CPU they are a view of the file.</summary>
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
        if (TryRead(path, key, device) is { } stored) return stored;
        using var source = batches();
        SafetensorsWriter.WriteRows(path, TensorName, source.Count, Rows(model(), key.Layer, source, batchSize, progress, cancel), key.Source);
        return TryRead(path, key, device) ?? throw new MedBenchException($"{path} cannot be read back after writing", "check the disk");
    }

    // A file that is damaged, of something else or without a checksum is as good as none: its content can be computed again.
    private static Tensor? TryRead(string path, FeatureKey key, Device device)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var file = Checkpoint.Open(path);
            return file.Entries is [{ Name: TensorName, Type: ScalarType.Float32 } entry] && IsOf(file, entry, key) ? Map(path, entry, device) : null;
        }
        catch (Exception e) when (e is MedBenchException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsOf(ICheckpoint file, TensorEntry entry, FeatureKey key) =>
        file.Notes.GetValueOrDefault(SafetensorsWriter.SourceNote) == key.Source && file.Notes.GetValueOrDefault(SafetensorsWriter.ChecksumNote) is { } checksum
        && CacheChecksum.Matches(file.Path, checksum, new FileInfo(file.Path).Length - Elements(entry) * sizeof(float));

    private static long Elements(TensorEntry entry) => entry.Shape.Aggregate(1L, (a, b) => a * b);

    // The only tensor of a file ends where the file ends. Mapped, it costs no memory that the system cannot take back.
    private static Tensor Map(string path, TensorEntry entry, Device device)
    {
        using var scope = NewDisposeScope();
        long all = new FileInfo(path).Length / sizeof(float), count = Elements(entry);
        var features = from_file(path, shared: false, size: all, dtype: ScalarType.Float32).narrow(0, all - count, count).view([.. entry.Shape]);
        return scope.MoveToOuter(features.to(device));
    }

    // A batch at a time, each valid until the next is asked for.
    private static IEnumerable<Tensor> Rows(ImageModel model, FeatureLayer layer, IBatchSource source, int batchSize, IProgress<int>? progress, CancellationToken cancel)
    {
        model.eval();
        int done = 0;
        foreach (var batch in source.Read(Enumerable.Range(0, source.Count).ToArray(), batchSize))
        {
            cancel.ThrowIfCancellationRequested();
            using var rows = Compute(model, layer, batch.Input);
            yield return rows;
            progress?.Report(done += (int)rows.shape[0]);
        }
    }

    private static Tensor Compute(ImageModel model, FeatureLayer layer, Tensor images)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return layer.Of(model, images).cpu().DetachFromDisposeScope();
    }
}
