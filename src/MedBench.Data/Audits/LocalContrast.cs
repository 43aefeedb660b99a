using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>Takes the local mean (Gaussian window, renormalised at the edges) off an image and divides by the local standard deviation plus a floor. Not for two threads at once.</summary>
internal sealed class LocalContrast
{
    private readonly int _height, _width;
    private readonly float _floor;
    private readonly float[][] _rows, _columns;
    private readonly float[] _mean, _square, _scratch;

    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="sigma">Standard deviation of the window in pixels.</param>
    /// <param name="floor">Added to the local standard deviation, in grey values.</param>
    public LocalContrast(int height, int width, double sigma, double floor)
    {
        (_height, _width, _floor) = (height, width, (float)floor);
        int radius = (int)Math.Ceiling(3 * sigma);
        _rows = Windows(height, radius, sigma);
        _columns = Windows(width, radius, sigma);
        _mean = new float[height * width];
        _square = new float[height * width];
        _scratch = new float[height * width];
    }

    /// <summary>In place.</summary>
    public void Apply(Span<float> image)
    {
        for (int i = 0; i < image.Length; i++) _square[i] = image[i] * image[i];
        image.CopyTo(_mean);
        Blur(_mean);
        Blur(_square);
        for (int i = 0; i < image.Length; i++)
            image[i] = (image[i] - _mean[i]) / (MathF.Sqrt(Math.Max(0, _square[i] - _mean[i] * _mean[i])) + _floor);
    }

    /// <summary>The luminance of image <paramref name="i"/> (ITU-R BT.601), Height × Width values of 0 to 255.</summary>
    public static void Luminance(ImageSplit split, int i, bool mirrored, Span<float> target)
    {
        var pixels = split.Image(i);
        for (int at = 0; at < target.Length; at++)
        {
            int from = mirrored ? at - at % split.Width + (split.Width - 1 - at % split.Width) : at;
            target[at] = split.Channels == 1 ? pixels[from] : 0.299f * pixels[3 * from] + 0.587f * pixels[3 * from + 1] + 0.114f * pixels[3 * from + 2];
        }
    }

    private void Blur(float[] image)
    {
        for (int y = 0; y < _height; y++)
            for (int x = 0; x < _width; x++)
            {
                float sum = 0;
                float[] window = _columns[x];
                int first = (int)window[0], row = y * _width;
                for (int k = 1; k < window.Length; k++) sum += window[k] * image[row + first + k - 1];
                _scratch[row + x] = sum;
            }
        for (int y = 0; y < _height; y++)
        {
            float[] window = _rows[y];
            int first = (int)window[0];
            var target = image.AsSpan(y * _width, _width);
            target.Clear();
            for (int k = 1; k < window.Length; k++)
            {
                var source = _scratch.AsSpan((first + k - 1) * _width, _width);
                for (int x = 0; x < _width; x++) target[x] += window[k] * source[x];
            }
        }
    }

    // For each place: the first place of its window, then the weights.
    private static float[][] Windows(int length, int radius, double sigma) => [.. Enumerable.Range(0, length).Select(at =>
    {
        int first = Math.Max(0, at - radius), last = Math.Min(length - 1, at + radius);
        double[] weights = [.. Enumerable.Range(first, last - first + 1).Select(i => Math.Exp(-0.5 * Math.Pow((i - at) / sigma, 2)))];
        double sum = weights.Sum();
        return (float[])[first, .. weights.Select(w => (float)(w / sum))];
    })];
}
