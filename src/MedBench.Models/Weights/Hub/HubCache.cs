using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Models.Weights.Hub;

/// <summary>
/// The folder layout of Hugging Face's cache, shared with its Python library:
/// <c>models--org--name/{blobs/ETAG, refs/REVISION, snapshots/COMMIT/FILE → ../../blobs/ETAG}</c>.
/// </summary>
internal sealed class HubCache(string root)
{
    /// <summary>The cached file, or null: by commit, or by what a branch or tag was when it was last downloaded.</summary>
    public string? Find(WeightSource source)
    {
        string commit = source.RevisionOrMain, reference = Ref(source);
        if (File.Exists(reference)) commit = TextFile.Read(reference).Trim();
        // The file's text becomes part of a path.
        if (commit.Contains("..", StringComparison.Ordinal) || commit.Contains('\0') || Path.IsPathRooted(commit)) return null;
        string path = Snapshot(source, commit);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Where a file's content is kept, by its tag.</summary>
    public string Blob(WeightSource source, string etag) => Path.Combine(Folder(source), "blobs", etag);

    /// <summary>The lock file of a blob, where Python's library has it too.</summary>
    public string Lock(WeightSource source, string etag) => Path.Combine(root, ".locks", FolderName(source), etag + ".lock");

    /// <summary>Makes the blob visible under its name, and notes the commit of the branch or tag.</summary>
    /// <returns>The file's path in the snapshot.</returns>
    public string Publish(WeightSource source, string etag, string commit)
    {
        string path = Snapshot(source, commit), blob = Blob(source, etag);
        try
        {
            Link(path, blob);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot write {path}: {e.Message}", "choose another cache folder with HF_HUB_CACHE", e);
        }
        if (source.RevisionOrMain != commit) AtomicFile.WriteText(Ref(source), commit);
        return path;
    }

    private static void Link(string path, string blob)
    {
        string folder = Path.GetDirectoryName(path)!, temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        Directory.CreateDirectory(folder);
        try
        {
            File.CreateSymbolicLink(temporary, Path.GetRelativePath(folder, blob));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // Windows without developer mode, exFAT, some network disks. Copied and not moved: another snapshot may show the same blob.
            File.Copy(blob, temporary, overwrite: true);
        }
        try
        {
            Sharing.Retry(() => File.Move(temporary, path, overwrite: true));
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string FolderName(WeightSource source) => "models--" + source.Repository!.Replace("/", "--", StringComparison.Ordinal);

    private string Folder(WeightSource source) => Path.Combine(root, FolderName(source));

    private string Ref(WeightSource source) => Path.Combine(Folder(source), "refs", source.RevisionOrMain);

    private string Snapshot(WeightSource source, string commit) => Path.Combine(Folder(source), "snapshots", commit, source.FileName);
}
