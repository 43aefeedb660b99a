using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Hashing;

namespace MedBench.Core.Files;

/// <summary>
/// Checksum of a cached file, fast enough to be compared at every opening: XXH3 (64 bits) in lower-case hex. Of a file beyond 1 GiB it takes 256 KiB in each 16 MiB,
/// enough to see zeroes, cuts and other data, in seconds. It tells damage, not intent: what is published has SHA-256 or MD5.
/// </summary>
public static class CacheChecksum
{
    private const long Whole = 1L << 30, Stride = 16L << 20;
    private const int Block = 1 << 18;

    private static readonly ConcurrentDictionary<(string Path, long Ticks, long Length, string Checksum), bool> s_matched = new();

    /// <summary>The checksum of <paramref name="stream"/> from the byte <paramref name="start"/> to its end; leaves the stream at some other place.</summary>
    public static string Of(Stream stream, long start = 0)
    {
        var hash = new XxHash3();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Block);
        for (long at = start; at < stream.Length; at += stream.Length > Whole ? Stride : Block)
        {
            stream.Position = at;
            hash.Append(buffer.AsSpan(0, stream.ReadAtLeast(buffer.AsSpan(0, Block), Block, throwOnEndOfStream: false)));
        }
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The checksum of a file, likewise.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string OfFile(string path, long start = 0)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        return Of(stream, start);
    }

    /// <summary>Whether <paramref name="path"/> has <paramref name="checksum"/> from the byte <paramref name="start"/> on. Asked again in one process, a match is not computed again, unless the file was written since.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static bool Matches(string path, string checksum, long start = 0)
    {
        var file = new FileInfo(path);
        var asked = (file.FullName, file.LastWriteTimeUtc.Ticks, file.Exists ? file.Length : -1, checksum);
        return s_matched.ContainsKey(asked) || (OfFile(path, start) == checksum && (s_matched[asked] = true));
    }
}
