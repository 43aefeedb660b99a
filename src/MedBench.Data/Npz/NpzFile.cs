using System.IO.Compression;
using MedBench.Core.Errors;

namespace MedBench.Data.Npz;

/// <summary>A NumPy .npz archive, open for reading array by array. Whatever is wrong with it becomes a <see cref="MedBenchException"/>.</summary>
internal sealed class NpzFile : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly string _fix;

    /// <summary>Opens the archive and reads its directory.</summary>
    /// <param name="path">Path of the .npz file.</param>
    /// <param name="fix">What to do about a damaged one.</param>
    /// <exception cref="MedBenchException">The file is absent, unreadable, or no zip archive.</exception>
    public NpzFile(string path, string fix = "move it away and get it again: medbench data get NAME --size PX")
    {
        (Path, _fix) = (path, fix);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            _zip = new ZipArchive(stream);
            _ = _zip.Entries.Count;
        }
        catch (Exception e) when (IsDamage(e))
        {
            stream?.Dispose();
            throw new MedBenchException($"{path} is not a readable .npz archive: {e.Message}", fix, e);
        }
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>Names of the arrays, in file order.</summary>
    public IEnumerable<string> Keys => _zip.Entries.Where(e => e.FullName.EndsWith(".npy", StringComparison.Ordinal)).Select(e => e.FullName[..^4]);

    /// <summary>Opens the array <paramref name="key"/> (the entry "KEY.npy").</summary>
    /// <param name="key">Its name.</param>
    /// <param name="floats">Whether it may hold floating-point numbers.</param>
    /// <exception cref="MedBenchException">There is no such array, or its header is damaged.</exception>
    public NpzArray Open(string key, bool floats = false)
    {
        var entry = _zip.GetEntry($"{key}.npy") ?? throw new MedBenchException(
            $"{Path} has no array '{key}' (it has: {string.Join(", ", _zip.Entries.Take(12).Select(e => e.FullName))})",
            "use a MedMNIST v2 file, which has {train,val,test}_images and {train,val,test}_labels");
        return new NpzArray(this, key, entry, floats);
    }

    /// <summary>The error for an array that cannot be used.</summary>
    public MedBenchException Unusable(string key, string reason, Exception? cause = null) =>
        new($"{Path}: array '{key}' cannot be used: {reason}", _fix, cause);

    /// <summary>Whether <paramref name="e"/> is one of those by which the framework's zip and inflate code reports bad bytes.</summary>
    public static bool IsDamage(Exception e) =>
        e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException or ArgumentException or OverflowException;

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();
}
