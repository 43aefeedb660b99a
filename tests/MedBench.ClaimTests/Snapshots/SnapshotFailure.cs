using MedBench.Claims.Snapshots;
using Xunit.Sdk;

namespace MedBench.ClaimTests.Snapshots;

/// <summary>What a test says of a claim that is not as accepted, whichever engine wrote the file.</summary>
internal static class SnapshotFailure
{
    public static XunitException Of(SnapshotCheck check, string received, Exception? inner = null)
    {
        string id = check.Verdict.Id;
        return new XunitException($"{id} differs from its snapshot:\n  {string.Join("\n  ", check.Differences)}\nReceived: {received}\nIf it is right: medbench claims accept {id}", inner);
    }
}
