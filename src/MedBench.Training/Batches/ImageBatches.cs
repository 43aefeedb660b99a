using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Training.Batches;

/// <summary>Batches of preprocessed images, prepared ahead of the training loop by worker threads straight from the memory-mapped split.</summary>
public sealed class ImageBatches : IBatchSource
{
    private const int Slots = 4;
    private readonly ImageSplit _split;
    private readonly ImagePreprocessor _preprocessor;
    private readonly Tensor _labels;
    private readonly Device _device;
    private readonly int _workers;
    private BatchRing? _ring;
    private int _ringBatchSize;

    /// <summary>Opens <paramref name="split"/> for reading.</summary>
    /// <param name="split">The images.</param>
    /// <param name="options">What is done to each image.</param>
    /// <param name="labels">Labels of the whole split, on the CPU or on <paramref name="device"/>; owned from here on.</param>
    /// <param name="device">Where the batches go.</param>
    public ImageBatches(ImageSplit split, InputPipelineOptions options, Tensor labels, Device device)
    {
        _split = split;
        _preprocessor = new ImagePreprocessor(options, split.Height, split.Width, split.Channels);
        _labels = labels.to(device).DetachFromDisposeScope();
        _device = device;
        // Beside a GPU every core may prepare images; on the CPU they are needed for the training itself.
        _workers = device.type == DeviceType.CUDA ? Math.Clamp(Environment.ProcessorCount - 1, 1, Slots) : 1;
    }

    /// <inheritdoc/>
    public int Count => _split.Count;

    /// <inheritdoc/>
    public IEnumerable<Batch> Read(ReadOnlyMemory<int> order, int batchSize)
    {
        using var positions = tensor(order.ToArray(), int64, _device);
        int start = 0;
        foreach (var input in RingFor(batchSize).Run(order.Length, batchSize, _workers, (i, destination) => _preprocessor.Process(_split.Image(order.Span[i]), destination)))
        {
            using var chosen = positions.narrow(0, start, input.shape[0]);
            using var labels = _labels.index_select(0, chosen);
            start += (int)input.shape[0];
            yield return new Batch(input, labels);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _labels.Dispose();
        _ring?.Dispose();
    }

    private BatchRing RingFor(int batchSize)
    {
        if (_ring is not null && _ringBatchSize >= batchSize) return _ring;
        _ring?.Dispose();
        _ringBatchSize = batchSize;
        return _ring = new BatchRing(Slots, batchSize, [ImagePreprocessor.OutputChannels, _preprocessor.OutputHeight, _preprocessor.OutputWidth], _device);
    }
}
