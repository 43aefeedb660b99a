using MedBench.Claims.Snapshots;

// Compiled with -p:SnapshotEngine=Verify only; Verify.Xunit's own props import its namespaces.

namespace MedBench.ClaimTests.Snapshots;

/// <summary>The same files and the same comparison through Verify.</summary>
internal static class SnapshotEngine
{
    private const string Extension = "json";

    static SnapshotEngine()
    {
        // Else a file that a diff tool accepts would differ from one that medbench accepts.
        VerifierSettings.UseUtf8NoBom();
        // Else the whole file is printed for a claim that nothing was accepted of yet.
        VerifierSettings.OmitContentFromException();
    }

    public static async Task Verify(SnapshotCheck check, SnapshotFolder folder)
    {
        string id = check.Verdict.Id;
        var settings = new VerifySettings();
        settings.UseDirectory(Path.GetFullPath(folder.DirectoryOf(id)));
        settings.UseFileName(SnapshotFolder.NameOf(id));
        // A snapshot is data: what looks like a path of this machine stays.
        settings.DisableScrubbers();
        // Asked only where the texts differ; an equal result leaves the accepted file as it is.
        settings.UseStringComparer((_, _, _) => Task.FromResult(new CompareResult(check.Passes)), Extension);
        try
        {
            await Verifier.Verify(check.Now.ToJson(), Extension, settings);
        }
        catch (Exception e) when (!check.Passes)
        {
            throw SnapshotFailure.Of(check, folder.ReceivedPath(id), e);
        }
    }
}
