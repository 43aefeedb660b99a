using DiffEngine;
using MedBench.Claims.Snapshots;

namespace MedBench.ClaimTests.Snapshots;

/// <summary>Verify's file conventions without Verify: what differs is written beside the accepted file, and shown by the developer's own diff tool.</summary>
internal static class SnapshotEngine
{
    public static async Task Verify(SnapshotCheck check, SnapshotFolder folder)
    {
        if (check.Passes)
        {
            folder.Forget(check.Verdict.Id);
            return;
        }
        folder.Receive(check.Now);
        string received = folder.ReceivedPath(check.Verdict.Id);
        // DiffRunner opens nothing on a build server, under a remote session, or where DiffEngine_Disabled says so.
        if (Environment.UserInteractive && !DiffRunner.Disabled)
            await DiffRunner.LaunchAsync(received, folder.VerifiedPath(check.Verdict.Id));
        throw SnapshotFailure.Of(check, received);
    }
}
