using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using MedBench.Data.Errors;

namespace MedBench.Models.Weights.Formats;

/// <summary>A file as read-only memory: nothing is read before it is looked at, and every look is bounds-checked.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _start;

    public MappedFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            Length = stream.Length;
            if (Length == 0) throw Error("is empty");
            _map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
            _start += _view.PointerOffset;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot read {Path}: {e.Message}", "check the path and its permissions", e);
        }
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>The bytes [offset, offset + length).</summary>
    /// <exception cref="MedBenchException">They are not all in the file.</exception>
    public ReadOnlySpan<byte> Slice(long offset, long length)
    {
        ObjectDisposedException.ThrowIf(_start == null, this);
        if (offset < 0 || length < 0 || length > int.MaxValue || offset > Length - length)
            throw Error($"ends early: {length} bytes wanted at offset {offset}, the file has {Length}");
        return new ReadOnlySpan<byte>(_start + offset, (int)length);
    }

    public ushort UInt16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, 2));

    public uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, 4));

    /// <exception cref="MedBenchException">Above 2^63 - 1: no offset or length of a real file.</exception>
    public long Int64(long offset) => BinaryPrimitives.ReadInt64LittleEndian(Slice(offset, 8)) is >= 0 and var value
        ? value
        : throw Error($"has a length or offset above 2^63 at offset {offset}");

    public MedBenchException Error(string message, string fix = "the file is damaged or not a plain checkpoint: download it again, or save it again as safetensors", Exception? cause = null) =>
        new($"{Path}: {message}", fix, cause);

    public void Dispose()
    {
        if (_start != null) _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        _start = null;
        _view?.Dispose();
        _map?.Dispose();
    }
}
