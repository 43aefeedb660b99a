namespace MedBench.Data.Preprocessing;

/// <summary>
/// Per target pixel of one axis: which source pixels it is made of, and their weights as integers of 22 fractional bits
/// (Pillow, src/libImaging/Resample.c: precompute_coeffs and normalize_coeffs_8bpc).
/// </summary>
internal sealed class ResampleWeights
{
    /// <summary>Fractional bits of a weight.</summary>
    public const int Precision = 32 - 8 - 2;

    private readonly int[] _weights;
    private readonly int _stride;
    private readonly int[] _first;
    private readonly int[] _count;

    /// <summary>Computes the table.</summary>
    /// <param name="source">Source pixels along the axis.</param>
    /// <param name="target">Target pixels along the axis.</param>
    /// <param name="radius">Radius of the filter in source pixels when enlarging.</param>
    /// <param name="filter">The filter's height at a distance.</param>
    public ResampleWeights(int source, int target, double radius, Func<double, double> filter)
    {
        double scale = (double)source / target, widening = Math.Max(scale, 1), support = radius * widening;
        _stride = (int)Math.Ceiling(support) * 2 + 1;
        _weights = new int[target * _stride];
        _first = new int[target];
        _count = new int[target];
        var exact = new double[_stride];
        for (int i = 0; i < target; i++)
        {
            double centre = (i + 0.5) * scale, sum = 0;
            _first[i] = Math.Max((int)(centre - support + 0.5), 0);
            _count[i] = Math.Min((int)(centre + support + 0.5), source) - _first[i];
            for (int k = 0; k < _count[i]; k++)
                sum += exact[k] = filter((k + _first[i] - centre + 0.5) * (1.0 / widening));
            for (int k = 0; k < _count[i]; k++)
                _weights[i * _stride + k] = Fixed(sum == 0 ? exact[k] : exact[k] / sum);
        }
    }

    /// <summary>The weights of target pixel <paramref name="target"/> and the first source pixel that they apply to.</summary>
    public ReadOnlySpan<int> Of(int target, out int firstSource)
    {
        firstSource = _first[target];
        return _weights.AsSpan(target * _stride, _count[target]);
    }

    // Half away from zero, as C's cast after adding ±0.5.
    private static int Fixed(double weight) => (int)(weight * (1 << Precision) + (weight < 0 ? -0.5 : 0.5));
}
