using MedBench.Core.Errors;

namespace MedBench.Core.Files;

/// <summary>
/// The files of a folder that somebody put there on purpose: not hidden ones, and not what editors, notebooks, file managers,
/// disk stations and file systems leave behind. A stale copy of Jupyter's must not win over the file that was edited.
/// </summary>
public static class FolderListing
{
    private const int MostLevels = 32;

    // Linux, Windows, Synology, QNAP, unpacked zips of macOS, Python, version control; in lower case.
    private static readonly HashSet<string> s_droppings =
    [
        "lost+found", "system volume information", "$recycle.bin", "recycler", "found.000", "@eadir", "#recycle", "#snapshot", "@recycle", "@recently-snapshot",
        "__macosx", "__pycache__", "node_modules", "thumbs.db", "desktop.ini", "icon\r", "cvs",
    ];

    /// <summary>Whether a name is of a file or folder that no user made: hidden, a backup, or a system's own.</summary>
    public static bool IsDropping(string name) =>
        name.StartsWith('.') || name.StartsWith("~$", StringComparison.Ordinal) || name.EndsWith('~') || (name.StartsWith('#') && name.EndsWith('#')) || s_droppings.Contains(name.ToLowerInvariant());

    /// <summary>Whether a name ends as YAML files do.</summary>
    public static bool IsYaml(string name) => HasExtension(name, ".yaml", ".yml");

    /// <summary>Whether a name ends in one of some extensions, in any case.</summary>
    public static bool HasExtension(string name, params IReadOnlyList<string> extensions) =>
        extensions.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Every file below a folder, in ordinal order of the paths.</summary>
    /// <param name="folder">The folder; what is hidden counts if it is this one.</param>
    /// <exception cref="MedBenchException">A folder cannot be read, or they are more than 32 deep.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        var files = new List<string>();
        Add(folder, MostLevels, files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>The folders in a folder, in ordinal order.</summary>
    /// <param name="folder">One that does not exist has none.</param>
    /// <exception cref="MedBenchException">It cannot be read, or is a file.</exception>
    public static IReadOnlyList<string> Folders(string folder)
    {
        if (File.Exists(folder)) throw new MedBenchException($"{folder} is a file, not a folder", "name a folder");
        return Directory.Exists(folder) ? [.. Entries(folder).OfType<DirectoryInfo>().Select(d => d.Name).Order(StringComparer.Ordinal).Select(name => Path.Combine(folder, name))] : [];
    }

    private static void Add(string folder, int levels, List<string> files)
    {
        if (levels == 0) throw new MedBenchException($"{folder}: more than {MostLevels} folders deep", "name a folder further down");
        foreach (var entry in Entries(folder))
        {
            string path = Path.Combine(folder, entry.Name);
            if (LeadsBack(entry)) continue;
            if (entry is DirectoryInfo) Add(path, levels - 1, files);
            else files.Add(path);
        }
    }

    // A link to a folder that it is in.
    private static bool LeadsBack(FileSystemInfo entry) =>
        entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target
        && (Path.GetFullPath(entry.FullName) + Path.DirectorySeparatorChar).StartsWith(Path.GetFullPath(target.FullName).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(e => !IsDropping(e.Name))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot read the folder {folder}: {e.Message}", "make it readable for this user, or name another folder", e);
        }
    }
}
