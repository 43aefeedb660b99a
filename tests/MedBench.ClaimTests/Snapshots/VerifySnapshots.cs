// Compiled with -p:SnapshotEngine=Verify only, against Verify.Xunit 31.12.5 (the last version for xunit v2).
using MedBench.Claims.Snapshots;
using VerifyTests;
using VerifyXunit;

namespace MedBench.ClaimTests.Snapshots;

/// <summary>The same files and the same comparison through Verify.</summary>
internal static class SnapshotEngine
{
    private const string Extension = "json";

    public static async Task Verify(SnapshotCheck check, SnapshotFolder folder)
    {
        string id = check.Verdict.Id;
        var settings = new VerifySettings();
        settings.UseDirectory(Path.GetFullPath(folder.DirectoryOf(id)));
        settings.UseFileName(SnapshotFolder.NameOf(id));
        settings.UseStringComparer(Compare, Extension);
        await Verifier.Verify(check.Now.ToJson(), Extension, settings);
    }

    // Verify asks only where the texts differ; an equal result leaves the accepted file as it is.
    private static Task<CompareResult> Compare(string received, string verified, IReadOnlyDictionary<string, object> context)
    {
        var differences = SnapshotComparer.Compare(ClaimSnapshot.Parse(received, "received"), ClaimSnapshot.Parse(verified, "verified"));
        return Task.FromResult(differences.Count == 0 ? CompareResult.Equal : CompareResult.NotEqual(string.Join('\n', differences)));
    }
}
