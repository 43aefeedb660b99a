using System.Numerics;
using System.Runtime.InteropServices;
using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>
/// One whitened vector of length 1 an image, so that the dot product of two is the coarse measure of <see cref="AuditRules"/>. Whitening is by the Cholesky factor L of the
/// covariance plus its ridge: the vector is L⁻¹(x − mean), and products of such vectors are those of the Mahalanobis metric. An image without content has the vector 0.
/// </summary>
internal sealed class Fingerprints
{
    private readonly AuditRules _rules;
    private readonly float[] _mean;
    private readonly float[][] _factor;

    private Fingerprints(AuditRules rules, float[] mean, float[][] factor) => (_rules, _mean, _factor) = (rules, mean, factor);

    /// <summary>Values of a vector.</summary>
    public int Width => _mean.Length;

    /// <summary>Learns mean and covariance from a sample of the images.</summary>
    public static Fingerprints Learn(ImageDataset dataset, IReadOnlyList<ImageRef> images, AuditRules rules)
    {
        int width = rules.Side * rules.Side, count = Math.Min(images.Count, rules.Sample);
        float[] features = Features(dataset, [.. Enumerable.Range(0, count).Select(i => images[(int)((long)i * images.Count / count)])], rules, mirrored: false);
        var mean = new float[width];
        for (int i = 0; i < count; i++)
            for (int k = 0; k < width; k++) mean[k] += features[i * width + k] / count;
        for (int i = 0; i < count; i++)
            for (int k = 0; k < width; k++) features[i * width + k] -= mean[k];
        var covariance = new double[width][];
        Parallel.For(0, width, a =>
        {
            covariance[a] = new double[width];
            for (int i = 0; i < count; i++)
            {
                var row = features.AsSpan(i * width, width);
                double value = row[a] / count;
                for (int b = 0; b <= a; b++) covariance[a][b] += value * row[b];
            }
        });
        double ridge = rules.Ridge * Enumerable.Range(0, width).Average(k => covariance[k][k]) + 1e-9;
        for (int k = 0; k < width; k++) covariance[k][k] += ridge;
        return new Fingerprints(rules, mean, Cholesky(covariance));
    }

    /// <summary>The vectors of <paramref name="images"/>, one after the other; rows of zeros fill up to a multiple of <paramref name="multiple"/>.</summary>
    public float[] Of(ImageDataset dataset, IReadOnlyList<ImageRef> images, bool mirrored, int multiple)
    {
        float[] values = Features(dataset, images, _rules, mirrored, multiple);
        Parallel.For(0, images.Count, i => Whiten(values.AsSpan(i * Width, Width)));
        return values;
    }

    private void Whiten(Span<float> vector)
    {
        for (int k = 0; k < Width; k++)
        {
            float[] row = _factor[k];
            vector[k] = (vector[k] - _mean[k] - Dot(row.AsSpan(0, k), vector[..k])) / row[k];
        }
        float length = MathF.Sqrt(Dot(vector, vector));
        for (int k = 0; k < Width; k++) vector[k] = length > 1e-6f ? vector[k] / length : 0;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (int i = 0; i < left.Length; i++) sums += left[i] * right[i];
        float sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static float[] Features(ImageDataset dataset, IReadOnlyList<ImageRef> images, AuditRules rules, bool mirrored, int multiple = 1)
    {
        int width = rules.Side * rules.Side;
        var values = new float[(images.Count + multiple - 1) / multiple * multiple * width];
        Parallel.For(0, images.Count, () => new Shrinker(dataset.Train, rules), (i, _, shrinker) =>
        {
            shrinker.Write(dataset[images[i].Split], images[i].Index, mirrored, values.AsSpan(i * width, width));
            return shrinker;
        }, _ => { });
        return values;
    }

    private static float[][] Cholesky(double[][] matrix)
    {
        for (int i = 0; i < matrix.Length; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) sum -= matrix[i][k] * matrix[j][k];
                matrix[i][j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / matrix[j][j];
            }
        return [.. matrix.Select(row => Array.ConvertAll(row, v => (float)v))];
    }

    // Shrinks by area and takes the local contrast; one a thread.
    private sealed class Shrinker(ImageSplit shape, AuditRules rules)
    {
        private readonly int _side = rules.Side;
        private readonly float[] _grey = new float[shape.Height * shape.Width], _narrow = new float[shape.Height * rules.Side];
        private readonly LocalContrast _contrast = new(rules.Side, rules.Side, rules.LocalSigma, rules.ContrastFloor);

        public void Write(ImageSplit split, int index, bool mirrored, Span<float> target)
        {
            LocalContrast.Luminance(split, index, mirrored, _grey);
            for (int y = 0; y < split.Height; y++)
                for (int x = 0; x < _side; x++)
                    _narrow[y * _side + x] = Mean(_grey, y * split.Width, 1, split.Width, x);
            for (int y = 0; y < _side; y++)
                for (int x = 0; x < _side; x++)
                    target[y * _side + x] = Mean(_narrow, x, _side, split.Height, y);
            _contrast.Apply(target);
        }

        // The mean over the part [at, at + 1) / side of a line of so many values; values on its edges count by their share.
        private float Mean(float[] values, int start, int step, int length, int at)
        {
            float from = (float)at * length / _side, to = (float)(at + 1) * length / _side, sum = 0;
            for (int i = (int)from; i < to && i < length; i++)
                sum += values[start + i * step] * (Math.Min(to, i + 1) - Math.Max(from, i));
            return sum / (to - from);
        }
    }
}
