using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>The detail measure of <see cref="AuditRules"/> at the size of the file.</summary>
internal sealed class DetailMeasure
{
    // Enough for a mean image.
    private const int Sample = 1000;

    private readonly ImageDataset _dataset;
    private readonly AuditRules _rules;
    private readonly float[] _mean;
    private readonly int _height, _width, _shiftDown, _shiftRight;

    public DetailMeasure(ImageDataset dataset, IReadOnlyList<ImageRef> images, AuditRules rules)
    {
        (_dataset, _rules, _height, _width) = (dataset, rules, dataset.Train.Height, dataset.Train.Width);
        _mean = new float[_height * _width];
        (_shiftDown, _shiftRight) = (Shift(_height), Shift(_width));
        var contrast = Contrast();
        int count = Math.Min(images.Count, Sample);
        var image = new float[_mean.Length];
        for (int i = 0; i < count; i++)
        {
            Read(contrast, images[(int)((long)i * images.Count / count)], mirrored: false, image);
            for (int k = 0; k < image.Length; k++) _mean[k] += image[k] / count;
        }

        int Shift(int side) => Math.Max(1, (int)Math.Round(rules.Shift * side));
    }

    /// <summary>The measure of each pair; <paramref name="mirrored"/> turns the second image around.</summary>
    public double[] Of(IReadOnlyList<(ImageRef First, ImageRef Second)> pairs, bool mirrored = false)
    {
        var measures = new double[pairs.Count];
        Parallel.For(0, pairs.Count, () => (Contrast: Contrast(), First: new float[_mean.Length], Second: new float[_mean.Length]), (p, _, own) =>
        {
            // Two images without content are alike in what they lack: less the mean image, they would be the same.
            bool content = Relative(own.Contrast, pairs[p].First, mirrored: false, own.First) & Relative(own.Contrast, pairs[p].Second, mirrored, own.Second);
            measures[p] = content ? Best(own.First, own.Second) : 0;
            return own;
        }, _ => { });
        return measures;
    }

    private LocalContrast Contrast() => new(_height, _width, _rules.DetailSigma * Math.Max(_height, _width), _rules.ContrastFloor);

    private void Read(LocalContrast contrast, ImageRef image, bool mirrored, float[] target)
    {
        LocalContrast.Luminance(_dataset[image.Split], image.Index, mirrored, target);
        contrast.Apply(target);
    }

    // Whether there is any contrast at all: a thousandth of the local standard deviation, on average.
    private bool Relative(LocalContrast contrast, ImageRef image, bool mirrored, float[] target)
    {
        Read(contrast, image, mirrored, target);
        double energy = 0;
        foreach (float value in target) energy += value * value;
        for (int k = 0; k < target.Length; k++) target[k] -= _mean[k];
        return energy > 1e-6 * target.Length;
    }

    private double Best(float[] first, float[] second)
    {
        double best = -1;
        for (int down = -_shiftDown; down <= _shiftDown; down++)
            for (int right = -_shiftRight; right <= _shiftRight; right++)
                best = Math.Max(best, Correlation(first, second, down, right));
        return best;
    }

    // Over the part that the two share when the second lies so many pixels further down and right.
    private double Correlation(float[] first, float[] second, int down, int right)
    {
        int top = Math.Max(0, down), bottom = _height + Math.Min(0, down), left = Math.Max(0, right), end = _width + Math.Min(0, right);
        double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
        for (int y = top; y < bottom; y++)
        {
            var x = first.AsSpan(y * _width + left, end - left);
            var z = second.AsSpan((y - down) * _width + left - right, end - left);
            for (int i = 0; i < x.Length; i++)
            {
                a += x[i];
                b += z[i];
                aa += x[i] * x[i];
                bb += z[i] * z[i];
                ab += x[i] * z[i];
            }
        }
        double n = (double)(bottom - top) * (end - left), spread = Math.Sqrt((aa - a * a / n) * (bb - b * b / n));
        return spread > 1e-9 ? (ab - a * b / n) / spread : 0;
    }
}
