using System.Text.RegularExpressions;

namespace MedBench.Tests.Ci.Rehearsals;

/// <summary>
/// What the rehearsed runs of a repository leave on GitHub: caches and artifacts, with the behaviour of the pinned actions. actions/cache v5.0.5: a key
/// has no comma and is written once. actions/download-artifact v8.0.1: of a single match the content is unpacked flat; a named artifact that is
/// not there fails, a pattern without a match does not. actions/upload-artifact v7.0.1: hidden files stay behind unless asked for, a second
/// upload of a name fails unless it overwrites. actions/deploy-pages v5.0.0: of two artifacts of its name in a run it takes none.
/// </summary>
internal sealed class Hub(string folder)
{
    /// <summary>Names of the caches that were written.</summary>
    public List<string> Caches { get; } = [];

    public static string Artifacts(string folder, int run) => Path.Combine(folder, "artifacts", $"{run}");

    public bool CacheHit(string key) => Path.Combine(folder, "caches", Checked(key)) is var path && Directory.Exists(path);

    public void SaveCache(string key)
    {
        if (Caches.Contains(Checked(key))) return;
        Caches.Add(key);
    }

    public void Upload(int run, string name, string path, bool hidden, bool overwrite, bool ignoreNothing)
    {
        string target = Path.Combine(Artifacts(folder, run), name);
        string[] files = !Directory.Exists(path) ? [] : [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => hidden || !Path.GetRelativePath(path, f).Split('/').Any(p => p.StartsWith('.')))];
        if (files.Length == 0)
        {
            if (!ignoreNothing) Console.Error.WriteLine($"warning: no files were found with the provided path: {path}");
            return;
        }
        if (Directory.Exists(target))
        {
            if (!overwrite) throw new InvalidOperationException($"an artifact with this name already exists: {name}");
            Directory.Delete(target, true);
        }
        foreach (string file in files)
        {
            string to = Path.Combine(target, Path.GetRelativePath(path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public void Download(int run, string? name, string? pattern, string path, bool mergeMultiple)
    {
        string all = Artifacts(folder, run);
        string[] found = !Directory.Exists(all) ? [] : [.. Directory.EnumerateDirectories(all).Select(d => Path.GetFileName(d)).Where(n => name is not null ? n == name : Regex.IsMatch(n, $"^{Regex.Escape(pattern!).Replace("\\*", ".*")}$")).Order(StringComparer.Ordinal)];
        if (name is not null && found.Length == 0) throw new InvalidOperationException($"Unable to download artifact(s): Artifact not found for name: {name}");
        foreach (string artifact in found)
            Copy(Path.Combine(all, artifact), mergeMultiple || name is not null || found.Length == 1 ? path : Path.Combine(path, artifact));
    }

    public string Deploy(int run, string name)
    {
        string[] found = [.. Directory.EnumerateDirectories(Artifacts(folder, run)).Where(d => Path.GetFileName(d) == name)];
        if (found.Length != 1) throw new InvalidOperationException(found.Length == 0 ? $"No artifacts named \"{name}\" were found for this workflow run." : $"Multiple artifacts named \"{name}\"");
        return found[0];
    }

    public static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static string Checked(string key) => key.Contains(',')
        ? throw new InvalidOperationException($"Key Validation Error: {key} cannot contain commas.")
        : key.Length > 512 ? throw new InvalidOperationException($"Key Validation Error: {key} cannot be larger than 512 characters.") : key;
}
