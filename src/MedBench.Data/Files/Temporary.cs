namespace MedBench.Data.Files;

/// <summary>
/// Names of files and folders that are not whole yet, beside what they will become: <c>.NAME.PROCESS.GUID.tmp</c>. The name
/// tells who is at work, so that what a killed process left is cleared away by the next one that writes the same thing.
/// </summary>
internal static class Temporary
{
    private const string Extension = ".tmp";
    private static readonly TimeSpan s_abandoned = TimeSpan.FromDays(1);

    /// <summary>A new name for what will become <paramref name="full"/>, an absolute path.</summary>
    public static string For(string full) => Path.Combine(Path.GetDirectoryName(full)!, $"{Prefix(full)}{ProcessTag.Current}.{Guid.NewGuid():N}{Extension}");

    /// <summary>Deletes what dead processes left of <paramref name="full"/>: those of this machine at once, those of others a day after.</summary>
    /// <param name="full">What they were writing.</param>
    /// <param name="own">A temporary of this process that exists: its age is measured by the file server's clock, as theirs is.</param>
    public static void Sweep(string full, string own)
    {
        string prefix = Prefix(full);
        foreach (string path in Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(full)!, $"{prefix}*{Extension}"))
            if (OwnerIn(Path.GetFileName(path), prefix) is { } owner && IsAbandoned(path, owner, own))
                TryDelete(path);
    }

    /// <summary>Deletes a temporary file or folder, if it is there and can be deleted: no reader opens it.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever comes next tries again.
        }
    }

    private static string Prefix(string full) => $".{Path.GetFileName(full)}.";

    // What stands between the prefix and the extension is OWNER.GUID; with more dots, it belongs to another name.
    private static string? OwnerIn(string name, string prefix) => name[prefix.Length..^Extension.Length].Split('.') is [var owner, _] ? owner : null;

    private static bool IsAbandoned(string path, string owner, string own) => ProcessTag.Parse(owner) switch
    {
        var tag when tag == ProcessTag.Current => false,
        { IsKnownDead: true } => true,
        { Machine: var machine, Start: > 0 } when machine == ProcessTag.Current.Machine => false,
        _ => File.GetLastWriteTimeUtc(own) - File.GetLastWriteTimeUtc(path) > s_abandoned,
    };
}
