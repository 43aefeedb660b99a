using static TorchSharp.torch;

namespace MedBench.Training.Neighbours;

/// <summary>
/// Exact k nearest neighbours by Euclidean distance (doerrich2025 uses scikit-learn's NearestNeighbors).
/// A float32 matrix product proposes candidates; distances in float64 decide, and where the proposal is not
/// provably complete the query is searched in full.
/// </summary>
public sealed class NearestNeighbours : IDisposable
{
    private const int QueriesAtOnce = 256, Spare = 32;

    // Relative rounding error of a float32 dot product of a few thousand terms, with a wide margin.
    private const double RoundingError = 1e-5;
    private readonly Tensor _support, _squaredNorms;
    private readonly float[] _values;
    private readonly double _largestNorm;
    private readonly int _count, _width;

    /// <summary>Indexes <paramref name="support"/>, float32 (N, D) on the CPU.</summary>
    public NearestNeighbours(Tensor support)
    {
        (_count, _width) = ((int)support.shape[0], (int)support.shape[1]);
        _support = support.contiguous().DetachFromDisposeScope();
        _squaredNorms = _support.square().sum(1).DetachFromDisposeScope();
        _values = _support.data<float>().ToArray();
        _largestNorm = Math.Sqrt(_squaredNorms.max().item<float>());
    }

    /// <summary>For each row of <paramref name="queries"/> (M, D) the positions of its <paramref name="k"/> nearest rows, nearest first; of equal distances the smaller position.</summary>
    public (int Position, double Distance)[][] Search(Tensor queries, int k)
    {
        k = Math.Min(k, _count);
        var result = new (int, double)[queries.shape[0]][];
        for (int start = 0; start < result.Length; start += QueriesAtOnce)
        {
            using var scope = NewDisposeScope();
            var block = queries.narrow(0, start, Math.Min(QueriesAtOnce, result.Length - start)).contiguous();
            var values = block.data<float>().ToArray();
            // Squared distances but for the query's own norm, which does not change the order.
            var proposals = _squaredNorms - 2 * block.mm(_support.t());
            int candidates = Math.Min(k + Spare, _count);
            var (nearest, positions) = proposals.topk(candidates, 1, largest: false, sorted: true);
            var bounds = nearest.data<float>().ToArray();
            var chosen = positions.data<long>().ToArray();
            for (int q = 0; q < block.shape[0]; q++)
            {
                var query = values.AsSpan(q * _width, _width);
                var row = Rank(query, chosen.AsSpan(q * candidates, candidates), k);
                if (candidates < _count && !IsComplete(query, row[^1].Distance, bounds[(q + 1) * candidates - 1]))
                    row = Rank(query, [.. Enumerable.Range(0, _count).Select(i => (long)i)], k);
                result[start + q] = row;
            }
        }
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _support.Dispose();
        _squaredNorms.Dispose();
    }

    private (int Position, double Distance)[] Rank(ReadOnlySpan<float> query, ReadOnlySpan<long> positions, int k)
    {
        var ranked = new (int Position, double Distance)[positions.Length];
        for (int i = 0; i < ranked.Length; i++) ranked[i] = ((int)positions[i], Distance(query, (int)positions[i]));
        Array.Sort(ranked, (a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : a.Position.CompareTo(b.Position));
        return ranked[..k];
    }

    // Nothing beyond the last candidate can be nearer than the k-th if its proposal exceeds the k-th's by more than rounding.
    private bool IsComplete(ReadOnlySpan<float> query, double kth, float lastProposal)
    {
        double squaredNorm = 0;
        foreach (float v in query) squaredNorm += (double)v * v;
        double scale = Math.Max(squaredNorm, _largestNorm * _largestNorm);
        return lastProposal + squaredNorm - RoundingError * scale > kth * kth;
    }

    private double Distance(ReadOnlySpan<float> query, int position)
    {
        var row = _values.AsSpan(position * _width, _width);
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            double difference = (double)query[i] - row[i];
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }
}
