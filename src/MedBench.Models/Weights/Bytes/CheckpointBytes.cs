using System.Buffers.Binary;
using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Models.Weights.Bytes;

/// <summary>A checkpoint as read-only memory: nothing is read before it is looked at, and every look is bounds-checked.</summary>
internal sealed class CheckpointBytes : IDisposable
{
    private readonly MappedFile _file;

    public CheckpointBytes(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            if (new FileInfo(Path).Length == 0) throw Error("is empty");
            _file = new MappedFile(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot read {Path}: {e.Message}", "check the path and its permissions", e);
        }
    }

    public string Path { get; }

    public long Length => _file.Length;

    /// <summary>The bytes [offset, offset + length).</summary>
    /// <exception cref="MedBenchException">They are not all in the file.</exception>
    public ReadOnlySpan<byte> Slice(long offset, long length)
    {
        if (offset < 0 || length < 0 || length > int.MaxValue || offset > Length - length)
            throw Error($"ends early: {length} bytes wanted at offset {offset}, the file has {Length}");
        return _file.Slice(offset, (int)length);
    }

    public ushort UInt16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, 2));

    public uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, 4));

    /// <exception cref="MedBenchException">Above 2^63 - 1: no offset or length of a real file.</exception>
    public long Int64(long offset) => BinaryPrimitives.ReadInt64LittleEndian(Slice(offset, 8)) is >= 0 and var value
        ? value
        : throw Error($"has a length or offset above 2^63 at offset {offset}");

    public MedBenchException Error(string message, string fix = "the file is damaged or not a plain checkpoint: download it again, or save it again as safetensors", Exception? cause = null) =>
        new($"{Path}: {message}", fix, cause);

    public void Dispose() => _file.Dispose();
}
