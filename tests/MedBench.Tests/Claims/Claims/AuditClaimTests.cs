using MedBench.Claims;
using MedBench.Claims.Claims;
using MedBench.Claims.Snapshots;
using MedBench.Claims.Verdicts;

namespace MedBench.Tests.Claims.Claims;

/// <summary>On the audit of BreastMNIST that is kept.</summary>
public sealed class AuditClaimTests
{
    private static readonly Lazy<Book> s_book = new(() => Book.Open(Repository.File("expected-results"), experiments: Repository.File("experiments")));
    private static readonly Claim s_claim = s_book.Value.Claims.Single(c => c.Id == "pawlowska2023/lesions-in-both-classes");

    [Theory]
    [InlineData("pawlowska2023/duplicated-images", 310, 235)]
    [InlineData("pawlowska2023/lesions-in-both-classes", 6, 8)]
    public void Judge_OfTheSourceOfBreastMnist_IsSeenWithBothCounts(string id, int found, int printed)
    {
        var verdict = s_book.Value.Judge(s_book.Value.Claims.Single(c => c.Id == id));

        Assert.Equal(ClaimOutcome.Seen, verdict.Outcome);
        Assert.Equal(new AuditedCount(64, found, printed), verdict.Audit);
        Assert.Equal("transfer of audits", verdict.Claim.EvidenceText);
    }

    [Theory]
    [InlineData(true, 6, ClaimOutcome.Seen)]
    [InlineData(true, 7, ClaimOutcome.NotSeen)]
    [InlineData(false, 6, ClaimOutcome.Holds)]
    [InlineData(false, 7, ClaimOutcome.Contradicted)]
    public void Judge_SixGroups_AreEnoughForSixAlone(bool transfer, int atLeast, ClaimOutcome outcome) =>
        Assert.Equal(outcome, Judge(s_claim.Entry with { Transfer = transfer, Audit = s_claim.Entry.Audit! with { AtLeast = atLeast } }).Outcome);

    [Fact]
    public void Judge_WithoutAnAudit_NamesTheCommand()
    {
        var verdict = Judge(s_claim.Entry with { Where = new CellSelector { Dataset = "dermamnist" } });

        Assert.Equal(ClaimOutcome.NotRun, verdict.Outcome);
        Assert.EndsWith("make it with: medbench data audit dermamnist --out audits", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_CountMoves_IsADifference()
    {
        var maker = new SnapshotMaker(s_book.Value.Rules);
        var verdict = s_book.Value.Judge(s_claim);

        var differences = SnapshotComparer.Compare(maker.Of(verdict with { Audit = verdict.Audit! with { Found = 7 } }), maker.Of(verdict));

        Assert.StartsWith("measured 7.000000, accepted range 6.000000 to 6.000000", Assert.Single(differences).Message, StringComparison.Ordinal);
    }

    private static ClaimVerdict Judge(ClaimEntry entry) => new ClaimJudge(s_book.Value.Evidence, [s_claim]).Judge(s_claim with { Entry = entry });
}
