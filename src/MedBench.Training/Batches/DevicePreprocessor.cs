using MedBench.Data.Preprocessing;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Training.Batches;

/// <summary>
/// The work of an <see cref="ImagePreprocessor"/> on whole batches of bytes on the training device, with the same bits: a
/// batch travels as bytes of the images' own size instead of floats of the model's.
/// </summary>
/// <remarks>
/// Pillow's passes are sums of pixels times integers of 22 fractional bits, here as float64 matrix products: every partial sum is
/// an integer below 2^53, so the result is exact in whatever order a device adds up. The normalised value of a byte is looked
/// up in the host's own table, not computed.
/// </remarks>
public sealed class DevicePreprocessor : IDisposable
{
    private const double Unit = 1 << PillowResizer.WeightBits;
    private readonly ImagePreprocessor _host;
    private readonly Tensor? _horizontal, _vertical, _order, _canvas;
    private readonly Tensor _values, _offsets;

    /// <summary>Prepares <paramref name="device"/> for the images that <paramref name="host"/> is for.</summary>
    public DevicePreprocessor(ImagePreprocessor host, Device device)
    {
        _host = host;
        var (horizontal, vertical) = host.Resizer?.Matrices() ?? (null, null);
        using var scope = NewDisposeScope();
        // Pixels come in rows, so the horizontal matrix is multiplied from the right.
        if (horizontal is not null) _horizontal = Keep(tensor(horizontal).transpose(0, 1).contiguous());
        if (vertical is not null) _vertical = Keep(tensor(vertical));
        if (host.Sources is [2, ..]) _order = Keep(tensor(host.Sources.Select(c => (long)c).ToArray()));
        _values = Keep(tensor(host.Values.SelectMany(v => v).ToArray()));
        _offsets = Keep(tensor(Enumerable.Range(0, host.Values.Count).Select(c => c * 256).ToArray()).view(1, -1, 1, 1));
        if (host.Border is { } border)
            _canvas = Keep(tensor(border.ToArray()).view(1, -1, 1, 1).expand(1, border.Count, host.OutputHeight, host.OutputWidth).contiguous());

        Tensor Keep(Tensor values) => values.to(device).DetachFromDisposeScope();
    }

    /// <summary>Prepares a batch.</summary>
    /// <param name="images">Bytes (n, height, width, channels) on the device.</param>
    /// <returns>float32 (n, 3, output height, output width); the caller disposes it.</returns>
    public Tensor Process(Tensor images)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var pixels = images.permute(0, 3, 1, 2);
        if (_horizontal is not null) pixels = Pass(pixels.to(ScalarType.Float64).matmul(_horizontal));
        if (_vertical is not null) pixels = Pass(_vertical.matmul(pixels.to(ScalarType.Float64)));
        if (_order is not null) pixels = pixels.index_select(1, _order);
        // A grey channel is broadcast to three.
        var positions = pixels.to(ScalarType.Int32) + _offsets;
        var normalized = _values.index_select(0, positions.flatten()).view(positions.shape);
        if (_canvas is null) return scope.MoveToOuter(normalized);
        var padded = _canvas.repeat(images.shape[0], 1, 1, 1);
        padded.narrow(2, _host.Corner.Top, positions.shape[2]).narrow(3, _host.Corner.Left, positions.shape[3]).copy_(normalized);
        return scope.MoveToOuter(padded);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { _horizontal, _vertical, _order, _canvas, _values, _offsets }) tensor?.Dispose();
    }

    private static Tensor Pass(Tensor sums)
    {
        using Scalar half = Unit / 2, unit = Unit, least = 0, most = byte.MaxValue; // Held: TorchSharp does not keep one alive during a call.
        return ((sums + half) / unit).floor().clamp(least, most);
    }
}
