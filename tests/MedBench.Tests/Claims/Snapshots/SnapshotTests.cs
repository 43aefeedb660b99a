using MedBench.Claims.Claims;
using MedBench.Claims.Snapshots;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;

namespace MedBench.Tests.Claims.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private static readonly ClaimSnapshot s_accepted = new(
        1, "p/a/b", "s", ClaimKind.Cells, "runs", "hash", ClaimOutcome.Inconclusive,
        new Dictionary<string, MeasuredRange> { ["p"] = new(0.05, 1, 0.4) },
        [new("cell-1", 0.9, "reproduced", 0.88, 0.92, 0.905), new("cell-2", 0.8, "not-run", 0.78, 0.82, null), new("cell-3", null, "unpublished", null, null, null)]);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_ThereAndBack_IsTheSameAndHasOneLineACell()
    {
        string json = s_accepted.ToJson();

        Assert.Equal(json, ClaimSnapshot.Parse(json, "x").ToJson());
        Assert.Equal(3, json.Split('\n').Count(line => line.Contains("\"id\"", StringComparison.Ordinal)));
        Assert.DoesNotContain("\r", json);
    }

    [Fact]
    public void Json_UnknownKey_IsRefusedWithFileAndLine() =>
        Assert.StartsWith("x.json:3:", Assert.Throws<MedBenchException>(() => ClaimSnapshot.Parse(s_accepted.ToJson().Replace("\"claim\"", "\"clam\"", StringComparison.Ordinal), "x.json")).Message);

    [Fact]
    public void Compare_MeasuredMovesInsideItsRange_Passes() =>
        Assert.Empty(SnapshotComparer.Compare(With(0, c => c with { Measured = 0.88, Low = 0.86, High = 0.90 }), s_accepted));

    [Fact]
    public void Compare_MeasuredOutside_NamesCellValueRangeAndDistance() =>
        Assert.Equal("cell-1: measured 0.931000, accepted range 0.880000 to 0.920000, outside by 0.011000", Single(With(0, c => c with { Measured = 0.931 })));

    [Theory]
    [InlineData("deviates", false)]
    [InlineData("inconclusive", false)]
    [InlineData("known-deviation", false)]
    [InlineData("reproduced", true)]
    public void Compare_DecidedVerdict_MustStay(string verdict, bool passes) =>
        Assert.Equal(passes, SnapshotComparer.Compare(With(0, c => c with { Verdict = verdict }), s_accepted).Count == 0);

    [Theory]
    [InlineData("reproduced", 0.81, false)]
    [InlineData("inconclusive", 0.81, true)]
    [InlineData("deviates", 0.81, false)]
    [InlineData("inconclusive", 0.83, false)]
    public void Compare_CellRunForTheFirstTime_PassesUntilItIsDecidedEitherWay(string verdict, double measured, bool passes) =>
        Assert.Equal(passes, SnapshotComparer.Compare(With(1, c => c with { Verdict = verdict, Measured = measured }), s_accepted).Count == 0);

    // What MEDBENCH_RECOMPUTE may pass over: fewer runs, but none that speaks against what was accepted.
    [Theory]
    [InlineData("not-run", null, true)]
    [InlineData("inconclusive", 0.9, true)]
    [InlineData("inconclusive", 0.7, false)]
    [InlineData("deviates", 0.9, false)]
    public void Compare_Lack_IsToldFromContradiction(string verdict, double? measured, bool isLack) =>
        Assert.Equal(isLack, SnapshotComparer.Compare(With(0, c => c with { Measured = measured, Verdict = verdict }), s_accepted).All(d => d.IsLack));

    [Fact]
    public void Compare_RunGone_Fails() =>
        Assert.StartsWith("cell-1: accepted with 0.905000, but there is no run of it now", SnapshotComparer.Compare(With(0, c => c with { Measured = null, Verdict = "not-run" }), s_accepted)[0].ToString());

    [Theory]
    [InlineData(ClaimOutcome.Holds, false)]
    [InlineData(ClaimOutcome.Contradicted, false)]
    [InlineData(ClaimOutcome.NotRun, false)]
    [InlineData(ClaimOutcome.Inconclusive, true)]
    public void Compare_FirstDecision_InEitherDirectionMustBeAccepted(ClaimOutcome outcome, bool passes) =>
        Assert.Equal(passes, SnapshotComparer.Compare(s_accepted with { Outcome = outcome }, s_accepted).Count == 0);

    [Fact]
    public void Compare_AnythingElse_MustBeEqual()
    {
        Assert.Equal("statement: accepted 's', now 'S'", Single(s_accepted with { Statement = "S" }));
        Assert.StartsWith("rules: accepted 'hash'", Single(s_accepted with { RulesHash = "other" }));
        Assert.Equal("p: measured 0.030000, accepted range 0.050000 to 1.000000, outside by -0.020000", Single(s_accepted with { Numbers = new Dictionary<string, MeasuredRange> { ["p"] = new(0, 0.05, 0.03) } }));
        Assert.Equal("cell-1: accepted with the published value 0.900000, now 0.910000", Single(With(0, c => c with { Published = 0.91 })));
        Assert.Equal("cell-3: accepted, but no longer part of the claim", Single(s_accepted with { Cells = [.. s_accepted.Cells.Take(2)] }));
        Assert.Equal("cell-4: new: not part of the accepted claim", Single(s_accepted with { Cells = [.. s_accepted.Cells, new("cell-4", null, null, null, null, null)] }));
    }

    [Fact]
    public void Move_SomeNumbers_AreEachPrintedOldToNew() => Assert.Equal(
        ["cell-1: published 0.900000, measured 0.905000 in [0.880000, 0.920000], reproduced -> published 0.900000, measured 0.870000 in [0.850000, 0.890000], deviates"],
        SnapshotMove.Lines(s_accepted, With(0, c => c with { Measured = 0.87, Low = 0.85, High = 0.89, Verdict = "deviates" })));

    [Fact]
    public void Folder_AcceptedAndReceived_LieSideBySideAndAcceptingClearsUp()
    {
        var folder = new SnapshotFolder(_folder.Path);
        Assert.Null(folder.Read("p/a/b"));
        folder.Receive(s_accepted);
        Assert.True(File.Exists(_folder.File("p/snapshots/a_b.received.json")));

        folder.Accept(s_accepted);

        Assert.Equal(s_accepted.ToJson(), folder.Read("p/a/b")!.ToJson());
        Assert.False(File.Exists(folder.ReceivedPath("p/a/b")));
        Assert.Equal([Path.GetFullPath(folder.VerifiedPath("p/a/b"))], folder.Orphans(["p/other"]));
    }

    private static ClaimSnapshot With(int cell, Func<SnapshotCell, SnapshotCell> change) =>
        s_accepted with { Cells = [.. s_accepted.Cells.Select((c, i) => i == cell ? change(c) : c)] };

    private static string Single(ClaimSnapshot now) => Assert.Single(SnapshotComparer.Compare(now, s_accepted)).ToString();
}
