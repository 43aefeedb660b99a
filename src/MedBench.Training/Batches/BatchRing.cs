using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Training.Batches;

/// <summary>
/// A few reused host buffers that worker threads fill, and copy to the device, ahead of the training loop, in order.
/// Memory is bounded by the number of buffers, whatever the size of the dataset.
/// </summary>
/// <remarks>
/// The workers wait for their own copies to the device, so a buffer is free again as soon as its copy returns and the
/// training loop never waits for the device on account of its input. For CUDA the buffers are pinned.
/// </remarks>
/// <typeparam name="T">Type of a value: float or byte.</typeparam>
internal sealed class BatchRing<T> : IDisposable
    where T : unmanaged
{
    private readonly Tensor[] _buffers;
    private readonly Device _device;
    private readonly int _sampleLength;

    public BatchRing(int slots, int batchSize, long[] sampleShape, Device device)
    {
        _device = device;
        _sampleLength = (int)sampleShape.Aggregate(1L, (a, b) => a * b);
        _buffers = new Tensor[slots];
        for (int i = 0; i < slots; i++)
        {
            var buffer = empty([batchSize, .. sampleShape], typeof(T) == typeof(byte) ? ScalarType.Byte : ScalarType.Float32).DetachFromDisposeScope();
            if (device.type != DeviceType.CUDA)
            {
                _buffers[i] = buffer;
                continue;
            }
            _buffers[i] = buffer.pin_memory().DetachFromDisposeScope();
            buffer.Dispose();
        }
    }

    /// <summary>Writes one sample; called from worker threads.</summary>
    public delegate void FillSample(int sample, Span<T> destination);

    /// <summary>
    /// Yields samples 0 to <paramref name="samples"/> − 1 in batches on the device, the last one possibly smaller; each is valid until the next is asked for.
    /// An exception of <paramref name="fill"/> is thrown here; when the enumeration ends, at its end or before, so have the workers.
    /// </summary>
    public IEnumerable<Tensor> Run(int samples, int batchSize, int workers, FillSample fill)
    {
        int batches = (samples + batchSize - 1) / batchSize;
        // turns[s] is the batch that slot s takes next; ready[s] is its batch for the consumer.
        var turns = Enumerable.Range(0, _buffers.Length).ToArray();
        var ready = new Tensor?[_buffers.Length];
        var gate = new object();
        int next = 0;
        bool stopped = false;
        Exception? failure = null;

        void Work()
        {
            try
            {
                for (int batch = Interlocked.Increment(ref next) - 1; batch < batches; batch = Interlocked.Increment(ref next) - 1)
                {
                    int slot = batch % _buffers.Length;
                    lock (gate)
                    {
                        while (turns[slot] != batch && !stopped) Monitor.Wait(gate);
                        if (stopped) return;
                    }
                    var tensor = Fill(slot, batch * batchSize, Math.Min(samples, (batch + 1) * batchSize), fill);
                    lock (gate)
                    {
                        ready[slot] = tensor;
                        Monitor.PulseAll(gate);
                    }
                }
            }
            catch (Exception e)
            {
                lock (gate)
                {
                    failure ??= e;
                    Monitor.PulseAll(gate);
                }
            }
        }

        var threads = Enumerable.Range(0, Math.Min(workers, batches)).Select(i => new Thread(Work) { IsBackground = true, Name = $"batches {i}" }).ToList();
        threads.ForEach(t => t.Start());
        try
        {
            for (int batch = 0; batch < batches; batch++)
            {
                int slot = batch % _buffers.Length;
                lock (gate)
                    while (ready[slot] is null && failure is null) Monitor.Wait(gate);
                if (failure is not null) ExceptionDispatchInfo.Throw(failure);
                yield return ready[slot]!;
                lock (gate)
                {
                    ready[slot]!.Dispose();
                    ready[slot] = null;
                    turns[slot] = batch + _buffers.Length;
                    Monitor.PulseAll(gate);
                }
            }
        }
        finally
        {
            lock (gate)
            {
                stopped = true;
                Monitor.PulseAll(gate);
            }
            threads.ForEach(t => t.Join());
            foreach (var tensor in ready) tensor?.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers) buffer.Dispose();
    }

    private Tensor Fill(int slot, int first, int end, FillSample fill)
    {
        var values = MemoryMarshal.Cast<byte, T>(_buffers[slot].bytes);
        for (int i = first; i < end; i++) fill(i, values.Slice((i - first) * _sampleLength, _sampleLength));
        var host = _buffers[slot].narrow(0, 0, end - first);
        if (_device.type == DeviceType.CPU) return host;
        using (host) return host.to(_device);
    }
}
