using static TorchSharp.torch;

namespace MedBench.Models.Weights.Bytes;

/// <summary>Moves values between files and live tensors piece by piece, so that no second copy of a tensor is ever whole.</summary>
public static class TensorTransfer
{
    private const long PieceBytes = 4 << 20;

    /// <summary>
    /// Fills <paramref name="destination"/> in place with the tensor <paramref name="name"/>: any device, any strides,
    /// converted to its element type. At most one row or 4 MiB is held besides.
    /// </summary>
    /// <param name="checkpoint">The open file.</param>
    /// <param name="name">Key of the tensor in the file.</param>
    /// <param name="destination">A tensor of the same shape.</param>
    public static void Read(this ICheckpoint checkpoint, string name, Tensor destination)
    {
        var entry = checkpoint.Entries.First(e => e.Name == name);
        checkpoint.Read(entry, destination);
    }

    internal static void Read(this ICheckpoint checkpoint, TensorEntry entry, Tensor destination)
    {
        if (!entry.Shape.SequenceEqual(destination.shape)) throw new ArgumentException($"'{entry.Name}' is {Shapes.Text(entry.Shape)}, the destination {Shapes.Text(destination.shape)}", nameof(destination));
        if (destination.NumberOfElements == 0) return;
        if (destination.dtype == entry.Type && HasPlainBytes(destination))
        {
            checkpoint.Read(entry.Name, destination.bytes);
            return;
        }
        using var noGrad = no_grad();
        ForEachPiece(destination, ElementType.Of(entry.Type).Size, (piece, offset) =>
        {
            using var stored = empty(piece.shape, entry.Type, CPU);
            checkpoint.Read(entry.Name, stored.bytes, offset);
            using var written = piece.copy_(stored);
        });
    }

    /// <summary>Writes the elements of <paramref name="tensor"/> in row-major order, little-endian, from any device and any strides.</summary>
    internal static void Write(Stream stream, Tensor tensor)
    {
        if (tensor.NumberOfElements == 0) return;
        if (HasPlainBytes(tensor))
        {
            stream.Write(tensor.bytes);
            return;
        }
        using var noGrad = no_grad();
        ForEachPiece(tensor, (int)tensor.ElementSize, (piece, _) =>
        {
            using var plain = empty(piece.shape, piece.dtype, CPU);
            using var written = plain.copy_(piece);
            stream.Write(plain.bytes);
        });
    }

    // Tensor.bytes is an alias of the tensor's memory; a span counts in 32 bits.
    private static bool HasPlainBytes(Tensor tensor) =>
        tensor.device_type == TorchSharp.DeviceType.CPU && tensor.is_contiguous() && tensor.NumberOfElements * tensor.ElementSize <= int.MaxValue;

    // Runs of whole rows (the first dimension); the offset counts bytes of the stored form, row-major.
    private static void ForEachPiece(Tensor tensor, int storedSize, Action<Tensor, long> use)
    {
        using var rows = tensor.dim() == 0 ? tensor.unsqueeze(0) : tensor.alias();
        long count = rows.shape[0], rowBytes = rows.NumberOfElements / count * storedSize, step = Math.Max(1, PieceBytes / rowBytes);
        for (long first = 0; first < count; first += step)
        {
            using var piece = rows.narrow(0, first, Math.Min(step, count - first));
            use(piece, first * rowBytes);
        }
    }
}
