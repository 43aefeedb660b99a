using System.IO.Compression;
using System.Text;

namespace MedBench.Data.Npz;

/// <summary>
/// Writes a NumPy .npz archive, uncompressed and with a fixed date, so that equal arrays give equal bytes (on one operating system: zip entries name theirs).
/// </summary>
/// <param name="stream">Where to; stays open.</param>
public sealed class NpzWriter(Stream stream) : IDisposable
{
    // The earliest date that a zip file can hold.
    private static readonly DateTimeOffset s_epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Adds one array.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="type">NumPy's type code, for example "|u1" (uint8), "&lt;i8" (int64) or "&lt;f4" (float32).</param>
    /// <param name="shape">Length of each dimension.</param>
    /// <param name="write">Writes the elements, little-endian.</param>
    /// <param name="fortranOrder">Whether the elements come with the first index running fastest, instead of the last.</param>
    public void Add(string key, string type, IReadOnlyList<int> shape, Action<Stream> write, bool fortranOrder = false)
    {
        var entry = _zip.CreateEntry($"{key}.npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = s_epoch;
        using var content = entry.Open();
        string header = $"{{'descr': '{type}', 'fortran_order': {fortranOrder}, 'shape': ({string.Join(", ", shape)}{(shape.Count == 1 ? "," : "")}), }}";
        // Version 1.0: magic, version and length take 10 bytes; the whole is padded to a multiple of 64.
        int length = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        content.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8)]);
        content.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + '\n'));
        write(content);
    }

    /// <summary>Completes the archive.</summary>
    public void Dispose() => _zip.Dispose();
}
