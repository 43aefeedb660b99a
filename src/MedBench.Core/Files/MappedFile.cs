using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace MedBench.Core.Files;

/// <summary>A read-only memory-mapped file: its pages belong to the operating system's cache, not to the managed heap.</summary>
/// <remarks>
/// On Linux, pages that were read are taken out of this process again after every <c>residentLimit</c> bytes (they stay in the
/// system's cache), so that a pass over 16 GB does not make the process look, or be counted, as large as that.
/// </remarks>
public sealed unsafe partial class MappedFile : IDisposable
{
    /// <summary>Bytes of a file that are in the process at most, on Linux.</summary>
    public const long DefaultResidentLimit = 128 << 20;

    private const int DontNeed = 4;

    private readonly long _residentLimit;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;
    private long _readSinceRelease;

    /// <summary>Maps the whole of <paramref name="path"/>, which must not be empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="residentLimit">Bytes read until the pages are taken out of this process again.</param>
    public MappedFile(string path, long residentLimit = DefaultResidentLimit)
    {
        _residentLimit = residentLimit;
        Length = new FileInfo(path).Length;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Bytes in the file.</summary>
    public long Length { get; }

    /// <summary>The bytes [offset, offset + length), valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        if (Interlocked.Add(ref _readSinceRelease, length) > _residentLimit && Interlocked.Exchange(ref _readSinceRelease, 0) > _residentLimit) Release();
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    // Spans handed out before stay valid: a page of a file that is touched again is mapped again.
    private void Release()
    {
        if (OperatingSystem.IsLinux()) _ = Advise(_start, (nuint)Length, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_start is null)
            return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
