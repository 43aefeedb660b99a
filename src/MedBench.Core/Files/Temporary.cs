namespace MedBench.Core.Files;

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

    /// <summary>Deletes what dead processes of this machine left of <paramref name="full"/>. Done before a temporary of our own is made, so that never more than one is left.</summary>
    /// <returns>Whether there are others, of living processes or of other machines.</returns>
    public static bool Sweep(string full)
    {
        bool others = false;
        foreach (var (path, owner) in Of(full))
        {
            if (owner is { IsKnownDead: true }) TryDelete(path);
            else others = true;
        }
        return others;
    }

    /// <summary>Deletes what other machines left of <paramref name="full"/> more than a day ago.</summary>
    /// <param name="full">What they were writing.</param>
    /// <param name="own">A temporary of this process that exists: its age is measured by the file server's clock, as theirs is.</param>
    public static void SweepOfOtherMachines(string full, string own)
    {
        foreach (var (path, owner) in Of(full))
            if (!(owner is { Start: > 0 } && owner.Machine == ProcessTag.Current.Machine) && File.GetLastWriteTimeUtc(own) - File.GetLastWriteTimeUtc(path) > s_abandoned)
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
    private static IEnumerable<(string Path, ProcessTag? Owner)> Of(string full)
    {
        string prefix = Prefix(full);
        return from path in Directory.GetFileSystemEntries(Path.GetDirectoryName(full)!, $"{prefix}*{Extension}")
               let parts = Path.GetFileName(path)[prefix.Length..^Extension.Length].Split('.')
               where parts.Length == 2
               select (path, ProcessTag.Parse(parts[0]));
    }
}
