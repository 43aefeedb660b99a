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
    private readonly DevicePreprocessor? _onDevice;
    private IDisposable? _ring;
    private int _ringBatchSize;

    /// <summary>Opens <paramref name="split"/> for reading.</summary>
    /// <param name="split">The images.</param>
    /// <param name="options">What is done to each image.</param>
    /// <param name="labels">Labels of the whole split, on the CPU or on <paramref name="device"/>; owned from here on.</param>
    /// <param name="device">Where the batches go.</param>
    /// <param name="onDevice">Whether images go there as bytes and are prepared there: the same bits (see <see cref="DevicePreprocessor"/>).</param>
    public ImageBatches(ImageSplit split, InputPipelineOptions options, Tensor labels, Device device, bool onDevice = false)
    {
        _split = split;
        _preprocessor = new ImagePreprocessor(options, split.Height, split.Width, split.Channels);
        if (onDevice) _onDevice = new DevicePreprocessor(_preprocessor, device);
        _labels = labels.to(device).DetachFromDisposeScope();
        _device = device;
        // Beside a GPU every core may prepare images; on the CPU they are needed for the training itself.
        Workers = device.type == DeviceType.CUDA ? Math.Clamp(Environment.ProcessorCount - 1, 1, Slots) : 1;
    }

    /// <summary>Threads that prepare images.</summary>
    public int Workers { get; }

    /// <inheritdoc/>
    public int Count => _split.Count;

    /// <inheritdoc/>
    public IEnumerable<Batch> Read(ReadOnlyMemory<int> order, int batchSize)
    {
        using var positions = tensor(order.ToArray(), int64, _device);
        int start = 0;
        foreach (var input in _onDevice is null ? Prepared(order, batchSize) : Raw(order, batchSize).Select(_onDevice.Process))
        {
            using var owned = _onDevice is null ? null : input;
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
        _onDevice?.Dispose();
    }

    private IEnumerable<Tensor> Prepared(ReadOnlyMemory<int> order, int batchSize) =>
        RingFor<float>(batchSize, [ImagePreprocessor.OutputChannels, _preprocessor.OutputHeight, _preprocessor.OutputWidth])
            .Run(order.Length, batchSize, Workers, (i, destination) => _preprocessor.Process(_split.Image(order.Span[i]), destination));

    private IEnumerable<Tensor> Raw(ReadOnlyMemory<int> order, int batchSize) =>
        RingFor<byte>(batchSize, [_split.Height, _split.Width, _split.Channels])
            .Run(order.Length, batchSize, Workers, (i, destination) => _split.Image(order.Span[i]).CopyTo(destination));

    private BatchRing<T> RingFor<T>(int batchSize, long[] shape)
        where T : unmanaged
    {
        if (_ring is BatchRing<T> ring && _ringBatchSize >= batchSize) return ring;
        _ring?.Dispose();
        ring = new BatchRing<T>(Slots, batchSize, shape, _device);
        (_ring, _ringBatchSize) = (ring, batchSize);
        return ring;
    }
}
