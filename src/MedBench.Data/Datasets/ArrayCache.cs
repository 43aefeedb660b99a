using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text.Json;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Data.Npz;

namespace MedBench.Data.Datasets;

/// <summary>
/// Arrays of .npz files unpacked once to <c>CACHE/arrays/MD5/KEY.u8</c> (one byte per element, C order) beside a list of their shapes and checksums,
/// so that every later opening is a memory map. The folder appears whole or not at all, and its content is compared with the checksums of that list, once in a process.
/// </summary>
internal static class ArrayCache
{
    private const string ListFile = "arrays.json";
    private static readonly ConcurrentDictionary<string, bool> s_checked = new();

    /// <summary>Whether the arrays of the file with this checksum are unpacked already.</summary>
    public static bool Has(string cache, string md5) => Directory.Exists(Folder(cache, md5));

    /// <summary>The unpacked arrays of the file with this checksum; unpacks them from <paramref name="npz"/> where that has not been done.</summary>
    /// <exception cref="MedBenchException">The archive is damaged, or the cache cannot be written or read.</exception>
    public static UnpackedArrays Open(string cache, string md5, string npz, IReadOnlyList<string> keys)
    {
        string folder = Folder(cache, md5);
        AtomicFolder.Write(folder, temporary => Unpack(npz, keys, temporary),
            $"free some disk space, or set {CacheFolder.Variable} to a folder that you may write to");
        try
        {
            var list = JsonSerializer.Deserialize<Dictionary<string, CachedArray>>(File.ReadAllBytes(Path.Combine(folder, ListFile)))!;
            var arrays = new UnpackedArrays(folder, keys.ToDictionary(key => key, key => list[key].Shape));
            // A file that is written again is another one.
            string state = string.Join(' ', keys.Select(key => $"{File.GetLastWriteTimeUtc(arrays.PathOf(key)).Ticks}").Prepend(Path.GetFullPath(folder)));
            if (!s_checked.ContainsKey(state))
            {
                foreach (string key in keys)
                    if (Digest(arrays.PathOf(key)) is var found && found != list[key].Xxh3) throw new IOException($"{arrays.PathOf(key)} has the checksum {found} instead of {list[key].Xxh3}: it was changed or damaged after it was unpacked");
                s_checked[state] = true;
            }
            return arrays;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
        {
            throw new MedBenchException($"the unpacked arrays in {folder} cannot be read: {e.Message}", $"delete the folder {folder}; it is made again", e);
        }
    }

    // The second layout: the first had no checksums.
    private static string Folder(string cache, string md5) => Path.Combine(cache, "arrays", $"{md5}-2");

    /// <summary>XXH3 (64 bits) of a file in hex; of one beyond 1 GiB, of 256 KiB in each 16 MiB: enough to see zeroes, cuts and other data, in seconds.</summary>
    internal static string Digest(string path)
    {
        const long Whole = 1L << 30, Stride = 16L << 20;
        const int Block = 1 << 18;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var hash = new XxHash3();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Block);
        for (long at = 0; at < stream.Length; at += stream.Length > Whole ? Stride : Block)
        {
            stream.Position = at;
            hash.Append(buffer.AsSpan(0, stream.ReadAtLeast(buffer.AsSpan(0, Block), Block, throwOnEndOfStream: false)));
        }
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static void Unpack(string npz, IReadOnlyList<string> keys, string folder)
    {
        using var file = new NpzFile(npz);
        var list = new Dictionary<string, CachedArray>();
        foreach (string key in keys)
        {
            using var array = file.Open(key);
            if (array.Header.Count == 0)
                throw file.Unusable(key, "it is empty");
            string path = Path.Combine(folder, UnpackedArrays.FileName(key));
            Unpack(array, path);
            list[key] = new CachedArray(array.Header.Shape, Digest(path));
        }
        WriteFile(Path.Combine(folder, ListFile), stream => JsonSerializer.Serialize(stream, list));
    }

    private static void Unpack(NpzArray array, string path)
    {
        if (!array.Header.FortranOrder)
        {
            WriteFile(path, array.CopyTo);
            return;
        }
        string unordered = path + ".fortran";
        WriteFile(unordered, array.CopyTo);
        WriteFile(path, target => FortranOrder.Transpose(unordered, array.Header.Shape, target));
        File.Delete(unordered);
    }

    // Flushed to disk: the folder's name must not outlive a power cut that its content does not.
    private static void WriteFile(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    // One array of the list.
    private sealed record CachedArray(int[] Shape, string Xxh3);
}
