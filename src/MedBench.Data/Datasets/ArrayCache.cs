using System.Text.Json;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Data.Npz;

namespace MedBench.Data.Datasets;

/// <summary>
/// Arrays of .npz files unpacked once to <c>CACHE/arrays/MD5/KEY.u8</c> (one byte per element, C order) beside a list of their source, shapes and checksums,
/// so that every later opening is a memory map. The folder appears whole or not at all, and its content is compared with that list, once in a process.
/// </summary>
internal static class ArrayCache
{
    private const string ListFile = "arrays.json";

    /// <summary>Whether the arrays of the file with this checksum are unpacked already.</summary>
    public static bool Has(string cache, string md5) => Directory.Exists(Folder(cache, md5));

    /// <summary>The unpacked arrays of the file with this checksum; unpacks them from <paramref name="npz"/> where that has not been done.</summary>
    /// <exception cref="MedBenchException">The archive is damaged, or the cache cannot be written or read.</exception>
    public static UnpackedArrays Open(string cache, string md5, string npz, IReadOnlyList<string> keys)
    {
        string folder = Folder(cache, md5);
        AtomicFolder.Write(folder, temporary => Unpack(npz, md5, keys, temporary), CacheFolder.Fix);
        try
        {
            var list = JsonSerializer.Deserialize<CachedArrays>(File.ReadAllBytes(Path.Combine(folder, ListFile)), JsonSerializerOptions.Strict)!;
            if (list.SourceMd5 != md5) throw new IOException($"they are of the file with the MD5 {list.SourceMd5}");
            var arrays = new UnpackedArrays(folder, keys.ToDictionary(key => key, key => list.Arrays[key].Shape));
            foreach (string key in keys)
                if (!CacheChecksum.Matches(arrays.PathOf(key), list.Arrays[key].Xxh3)) throw new IOException($"{arrays.PathOf(key)} does not have the checksum {list.Arrays[key].Xxh3} that it was written with: it was changed or damaged since");
            return arrays;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
        {
            throw new MedBenchException($"the unpacked arrays in {folder} cannot be read: {e.Message}", $"delete the folder {folder}; it is made again", e);
        }
    }

    // The third layout: the first had no checksums, the second did not name its source.
    private static string Folder(string cache, string md5) => Path.Combine(cache, "arrays", $"{md5}-3");

    private static void Unpack(string npz, string md5, IReadOnlyList<string> keys, string folder)
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
            list[key] = new CachedArray(array.Header.Shape, CacheChecksum.OfFile(path));
        }
        WriteFile(Path.Combine(folder, ListFile), stream => JsonSerializer.Serialize(stream, new CachedArrays(md5, list)));
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

    // The list: what the arrays are of, and each.
    private sealed record CachedArrays(string SourceMd5, Dictionary<string, CachedArray> Arrays);

    private sealed record CachedArray(int[] Shape, string Xxh3);
}
