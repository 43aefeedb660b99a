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

    private readonly long residentLimit;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private byte* start;
    private long readSinceRelease;

    /// <summary>Maps the whole of <paramref name="path"/>, which must not be empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="residentLimit">Bytes read until the pages are taken out of this process again.</param>
    public MappedFile(string path, long residentLimit = DefaultResidentLimit)
    {
        this.residentLimit = residentLimit;
        Length = new FileInfo(path).Length;
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        view = file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    /// <summary>Bytes in the file.</summary>
    public long Length { get; }

    /// <summary>The bytes [offset, offset + length), valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(start is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        if (Interlocked.Add(ref readSinceRelease, length) > residentLimit && Interlocked.Exchange(ref readSinceRelease, 0) > residentLimit) Release();
        return new ReadOnlySpan<byte>(start + offset, length);
    }

    // Spans handed out before stay valid: a page of a file that is touched again is mapped again.
    private void Release()
    {
        if (OperatingSystem.IsLinux()) _ = Advise(start, (nuint)Length, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (start is null)
            return;
        start = null;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }
}
