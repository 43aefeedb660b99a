using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MedBench.Training.Batches;

/// <summary>
/// A few reused input buffers that worker threads fill ahead of the training loop, in order.
/// Memory is bounded by the number of buffers, whatever the size of the dataset.
/// </summary>
internal sealed class BatchRing : IDisposable
{
    private readonly Tensor[] _buffers;
    private readonly int _sampleLength;

    public BatchRing(int slots, int batchSize, long[] sampleShape, bool pinned)
    {
        _sampleLength = (int)sampleShape.Aggregate(1L, (a, b) => a * b);
        _buffers = new Tensor[slots];
        for (int i = 0; i < slots; i++)
        {
            var buffer = empty([batchSize, .. sampleShape], ScalarType.Float32);
            _buffers[i] = (pinned ? buffer.pin_memory() : buffer).DetachFromDisposeScope();
            if (pinned) buffer.Dispose();
        }
    }

    /// <summary>Yields one full buffer per batch, cut to the batch's length; <paramref name="fill"/> writes one sample and runs on worker threads.</summary>
    public IEnumerable<Tensor> Run(int samples, int batchSize, int workers, FillSample fill)
    {
        int batches = (samples + batchSize - 1) / batchSize;
        // turns[s] is the batch that slot s takes next; filled[s] says that it holds it.
        var turns = Enumerable.Range(0, _buffers.Length).ToArray();
        var filled = new bool[_buffers.Length];
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
                        while (turns[slot] != batch && !stopped) Monitor.Wait(gate);
                    if (stopped) return;
                    var values = MemoryMarshal.Cast<byte, float>(_buffers[slot].bytes);
                    for (int i = batch * batchSize; i < Math.Min(samples, (batch + 1) * batchSize); i++)
                        fill(i, values.Slice((i - batch * batchSize) * _sampleLength, _sampleLength));
                    lock (gate)
                    {
                        filled[slot] = true;
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
                    while (!filled[slot] && failure is null) Monitor.Wait(gate);
                if (failure is not null) throw new InvalidOperationException("a batch could not be prepared", failure);
                using (var used = _buffers[slot].narrow(0, 0, Math.Min(batchSize, samples - batch * batchSize))) yield return used;
                lock (gate)
                {
                    filled[slot] = false;
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
        }
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers) buffer.Dispose();
    }

    public delegate void FillSample(int sample, Span<float> destination);
}
