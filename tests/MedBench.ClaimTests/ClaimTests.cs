using MedBench.Claims.Claims;
using MedBench.Claims.Snapshots;
using MedBench.Claims.Verdicts;
using MedBench.ClaimTests.Requirements;
using MedBench.ClaimTests.Rows;
using MedBench.ClaimTests.Snapshots;

using Xunit.Abstractions;

namespace MedBench.ClaimTests;

[Collection(ClaimCollection.Name)]
[Trait("Kind", "claim")]
public sealed class ClaimTests(ITestOutputHelper output)
{
    // Passes if the verdict is decided and as accepted; is skipped if it is as accepted but undecided, or no more than compatible; fails if it differs.
    [ClaimTheory]
    [ClassData(typeof(ClaimRows))]
    public async Task Claim_Evidence_DecidesAsAccepted(string id)
    {
        var (session, claim) = (Session.Current, Session.Current.Claims[id]);
        var check = session.Book.Check(claim);
        output.WriteLine(RowText.Of(check.Verdict));
        Summary.Add(check.Verdict);
        // Without the records there is less; what was run anew must be as accepted all the same.
        if (session.Recompute && !check.Passes && check.Differences.All(d => d.IsLack))
            Summary.Skip(Reason(check.Verdict));
        await SnapshotEngine.Verify(check, session.Book.Snapshots);
        if (!check.Verdict.Outcome.IsFirm())
            Summary.Skip(Reason(check.Verdict));
    }

    [Fact]
    public void Snapshots_OfNoClaim_DoNotExist() => Assert.Empty(Session.Current.Book.Snapshots.Orphans(Session.Current.Claims.Keys));

    [Fact]
    public void Snapshots_OrphanedFile_IsFound()
    {
        string folder = Directory.CreateTempSubdirectory("medbench-claims-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "wu2025", "snapshots"));
            string orphan = Path.Combine(folder, "wu2025", "snapshots", "gone_acc.verified.json"), known = Path.Combine(folder, "wu2025", "snapshots", "here_acc.verified.json");
            File.Create(orphan).Dispose();
            File.Create(known).Dispose();

            Assert.Equal([orphan], new SnapshotFolder(folder).Orphans(["wu2025/here/acc"]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Reason(ClaimVerdict verdict)
    {
        var first = verdict.Missing.FirstOrDefault(c => c.Declared is not null)?.Declared;
        return verdict.Outcome switch
        {
            ClaimOutcome.Unpublished => Reasons.For(Requirement.Numbers, verdict.Id, detail: verdict.Reason),
            ClaimOutcome.NotRun when first is null => Reasons.For(Requirement.Protocol, verdict.Id),
            ClaimOutcome.NotRun => CellTraining.WhyNot(verdict.Id, first),
            _ => Reasons.For(Requirement.Evidence, verdict.Id, detail: verdict.Reason),
        };
    }
}
