using System.Buffers;
using MedBench.Core.Errors;

namespace MedBench.Data.Preprocessing;

/// <summary>
/// From the bytes of an image to a model's input: grey repeated to three channels, resized or padded, divided by 255, normalised; in the order and in the float32 arithmetic
/// of torchvision's <c>ToTensor</c> and <c>Normalize</c>. Safe from many threads at once; allocates nothing per image.
/// </summary>
public sealed class ImagePreprocessor
{
    /// <summary>Channels of a model's input: RGB or BGR.</summary>
    public const int OutputChannels = 3;

    private readonly int _channels, _innerHeight, _innerWidth, _top, _left;
    private readonly PillowResizer? _resizer;
    private readonly float[][] _normalized;
    private readonly float[]? _border;

    /// <summary>Prepares for images of one shape.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="height">Image height in pixels.</param>
    /// <param name="width">Image width in pixels.</param>
    /// <param name="channels">1 (grey) or 3 (RGB).</param>
    /// <exception cref="MedBenchException">The image does not fit the options: larger than the canvas, or of another size where nothing may resize it.</exception>
    public ImagePreprocessor(InputPipelineOptions options, int height, int width, int channels)
    {
        if (channels is not (1 or OutputChannels))
            throw new MedBenchException($"images with {channels} channels", "use grey (1) or RGB (3) images");
        if (options.Mean.Count != OutputChannels || options.Std.Count != OutputChannels || options.Std.Any(s => !(s > 0)))
            throw new MedBenchException("mean and std must have 3 values each, and every std must be positive", "correct them in the model's card");
        _channels = channels;
        Sources = [.. Enumerable.Range(0, OutputChannels).Select(c => channels == 1 ? 0 : options.BlueFirst ? OutputChannels - 1 - c : c)];
        _normalized = [.. options.Mean.Zip(options.Std, NormalizedValues)];
        (_innerHeight, _innerWidth) = (height, width);
        (OutputHeight, OutputWidth) = (options.InputSize, options.InputSize);
        switch (options.Resize)
        {
            case ResizeMode.None when height != options.InputSize || width != options.InputSize:
                throw new MedBenchException($"{width}x{height} px images for a model input of {options.InputSize} px without resizing", "choose a resize mode, or images of that size");
            case ResizeMode.None:
                break;
            case ResizeMode.Scale:
                double scale = (double)options.InputSize / Math.Max(height, width);
                (_innerHeight, _innerWidth) = ((int)(height * scale + 0.5), (int)(width * scale + 0.5));
                (OutputHeight, OutputWidth) = (_innerHeight, _innerWidth);
                _resizer = (height, width) == (_innerHeight, _innerWidth) ? null : new PillowResizer(height, width, channels, _innerHeight, _innerWidth, options.Filter);
                break;
            case ResizeMode.PadBeforeNormalize or ResizeMode.PadAfterNormalize when Math.Max(height, width) > options.InputSize:
                throw new MedBenchException($"{width}x{height} px images do not fit a canvas of {options.InputSize} px", "choose smaller images, or scaling instead of padding");
            case ResizeMode.PadBeforeNormalize:
                _border = [.. _normalized.Select(values => values[0])];
                break;
            case ResizeMode.PadAfterNormalize:
                _border = new float[OutputChannels];
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(options));
        }
        (_top, _left) = ((OutputHeight - _innerHeight) / 2, (OutputWidth - _innerWidth) / 2);
    }

    /// <summary>Height of the output in pixels.</summary>
    public int OutputHeight { get; }

    /// <summary>Width of the output in pixels.</summary>
    public int OutputWidth { get; }

    /// <summary>What scales the images; null where nothing does.</summary>
    public PillowResizer? Resizer => _resizer;

    /// <summary>Per output channel, which channel of the image it shows.</summary>
    public IReadOnlyList<int> Sources { get; }

    /// <summary>Per output channel, the outcome of each of the 256 pixel values.</summary>
    public IReadOnlyList<float[]> Values => _normalized;

    /// <summary>Per output channel, the value around a padded image; null where nothing is padded.</summary>
    public IReadOnlyList<float>? Border => _border;

    /// <summary>Where a padded image begins on its canvas.</summary>
    public (int Top, int Left) Corner => (_top, _left);

    /// <summary>Values per image: 3 × height × width.</summary>
    public int OutputLength => OutputChannels * OutputHeight * OutputWidth;

    /// <summary>Prepares one image.</summary>
    /// <param name="hwc">Height × width × channels bytes, channel fastest.</param>
    /// <param name="chw">Receives 3 × <see cref="OutputHeight"/> × <see cref="OutputWidth"/> values, channel slowest.</param>
    public void Process(ReadOnlySpan<byte> hwc, Span<float> chw)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(chw.Length, OutputLength);
        if (_resizer is null)
        {
            Normalize(hwc, chw);
            return;
        }
        byte[] buffer = ArrayPool<byte>.Shared.Rent(_resizer.TargetLength);
        var resized = buffer.AsSpan(0, _resizer.TargetLength);
        _resizer.Resize(hwc, resized);
        Normalize(resized, chw);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Normalize(ReadOnlySpan<byte> hwc, Span<float> chw)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hwc.Length, _innerHeight * _innerWidth * _channels);
        int plane = OutputHeight * OutputWidth;
        for (int c = 0; c < OutputChannels; c++)
        {
            var values = _normalized[c];
            var output = chw.Slice(c * plane, plane);
            if (_border is not null)
                output.Fill(_border[c]);
            int from = Sources[c];
            for (int y = 0; y < _innerHeight; y++)
                foreach (ref float value in output.Slice((_top + y) * OutputWidth + _left, _innerWidth))
                {
                    value = values[hwc[from]];
                    from += _channels;
                }
        }
    }

    // All 256 outcomes of a channel: the same float32 operations once per byte value instead of once per pixel.
    private static float[] NormalizedValues(float mean, float std) =>
        [.. Enumerable.Range(0, 256).Select(pixel => (pixel / 255f - mean) / std)];
}
