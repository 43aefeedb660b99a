using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Claims.Snapshots;

/// <summary>Snapshots on disk by Verify's conventions: <c>PAPER/snapshots/NAME.verified.json</c>, and <c>.received.json</c> beside it where there is something new.</summary>
/// <param name="folder">A folder like <c>expected-results</c>.</param>
public sealed class SnapshotFolder(string folder)
{
    private const string Verified = ".verified.json", Received = ".received.json", Below = "snapshots";

    /// <summary>Folder of a claim's snapshot.</summary>
    public string DirectoryOf(string claim) => Path.Combine(folder, claim[..claim.IndexOf('/', StringComparison.Ordinal)], Below);

    /// <summary>File name of a claim's snapshot without its endings. No id holds an underscore, so no two share one.</summary>
    public static string NameOf(string claim) => claim[(claim.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '_');

    /// <summary>The accepted file.</summary>
    public string VerifiedPath(string claim) => Path.Combine(DirectoryOf(claim), NameOf(claim) + Verified);

    /// <summary>The file to look at and to accept.</summary>
    public string ReceivedPath(string claim) => Path.Combine(DirectoryOf(claim), NameOf(claim) + Received);

    /// <summary>The accepted snapshot; null if there is none.</summary>
    /// <exception cref="MedBenchException">The file is malformed.</exception>
    public ClaimSnapshot? Read(string claim)
    {
        string path = VerifiedPath(claim);
        return File.Exists(path) ? ClaimSnapshot.Parse(TextFile.Read(path), path) : null;
    }

    /// <summary>Puts a new snapshot beside the accepted one.</summary>
    public void Receive(ClaimSnapshot snapshot) => AtomicFile.WriteText(ReceivedPath(snapshot.Claim), snapshot.ToJson());

    /// <summary>Makes a snapshot the accepted one.</summary>
    public void Accept(ClaimSnapshot snapshot)
    {
        AtomicFile.WriteText(VerifiedPath(snapshot.Claim), snapshot.ToJson());
        Forget(snapshot.Claim);
    }

    /// <summary>Removes what was received for a claim that passes again.</summary>
    public void Forget(string claim)
    {
        if (Directory.Exists(DirectoryOf(claim)))
            File.Delete(ReceivedPath(claim));
    }

    /// <summary>Accepted files that belong to no claim.</summary>
    /// <param name="claims">Ids of all claims.</param>
    public IReadOnlyList<string> Orphans(IEnumerable<string> claims)
    {
        var known = claims.Select(VerifiedPath).Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return [.. FolderListing.Files(folder).Where(f => f.EndsWith(Verified, StringComparison.Ordinal)).Select(Path.GetFullPath).Where(f => !known.Contains(f)).Order(StringComparer.Ordinal)];
    }
}
