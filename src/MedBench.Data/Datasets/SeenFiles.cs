using System.IO.Hashing;
using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Data.Datasets;

/// <summary>
/// What the last look at image files found, in <c>CACHE/own/seen/KEY.json</c>. A file of the same length and time of its last change is not read again; one that was changed within
/// two seconds of that look is, because a second change would show in neither (as git's index has it).
/// </summary>
internal sealed class SeenFiles
{
    // The coarsest clock of a file system in use, FAT's.
    private static readonly TimeSpan s_clock = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly Dictionary<string, SeenFile> _seen;

    private SeenFiles(string path, IEnumerable<SeenFile> seen) => (_path, _seen) = (path, seen.ToDictionary(s => s.Path, StringComparer.Ordinal));

    /// <summary>Of one folder or CSV; empty where it has not been looked at, or what was kept cannot be read: the files are then looked at again.</summary>
    /// <param name="cache">Cache folder.</param>
    /// <param name="from">The folder or CSV.</param>
    public static SeenFiles Of(string cache, string from)
    {
        string path = Path.Combine(cache, "own", "seen", Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(Path.GetFullPath(from)))) + ".json");
        try
        {
            return new SeenFiles(path, File.Exists(path) ? StrictJson.Read<SeenFile[]>(File.ReadAllBytes(path), path) : []);
        }
        catch (Exception e) when (e is MedBenchException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new SeenFiles(path, []);
        }
    }

    /// <summary>What is known of a file; null where it must be read. A file that is not there is one to be read.</summary>
    public SeenFile? Find(string path) => _seen.TryGetValue(path, out var seen) && seen.Stamp == FileStamp.Of(path) ? seen : null;

    /// <summary>Keeps what is known of files, in place of what was known before.</summary>
    /// <param name="looked">When the look at them began.</param>
    /// <param name="files">The files; those that changed too shortly before are left out.</param>
    /// <exception cref="MedBenchException">The cache cannot be written.</exception>
    public void Keep(DateTime looked, IEnumerable<SeenFile> files)
    {
        SeenFile[] sure = [.. files.Where(f => f.Stamp.ChangedUtc < looked - s_clock).DistinctBy(f => f.Path)];
        if (sure.Length == _seen.Count && sure.All(s => _seen.GetValueOrDefault(s.Path) == s)) return;
        AtomicFile.WriteText(_path, StrictJson.Write(sure), CacheFolder.Fix);
    }
}

/// <summary>What is known of an image file.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Stamp">As it was when it was read.</param>
/// <param name="IsGrey">Whether it has no colours.</param>
/// <param name="Digest">XXH128 of its bytes.</param>
internal sealed record SeenFile(string Path, FileStamp Stamp, bool IsGrey, string Digest);

/// <summary>By what a change of a file shows without reading it.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="ChangedUtc">Time of the last change.</param>
internal sealed record FileStamp(long Length, DateTime ChangedUtc)
{
    /// <summary>Of a file as it is now; null of one that is not there.</summary>
    public static FileStamp? Of(string path) => new FileInfo(path) is { Exists: true } file ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
}
