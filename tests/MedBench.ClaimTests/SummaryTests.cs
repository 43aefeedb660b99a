using MedBench.Claims.Claims;
using MedBench.ClaimTests.Requirements;
using Xunit.Sdk;

namespace MedBench.ClaimTests;

public sealed class SummaryTests
{
    [Fact]
    public void Text_RowsAndReasons_AreCountedByGroup()
    {
        string text = Summary.Text(
            [],
            [("cell, tier cpu", new RunSummary { Total = 1 }), ("cell, tier cpu", new RunSummary { Total = 1, Failed = 1 }), ("claim", new RunSummary { Total = 1, Skipped = 1 })],
            [Reasons.For(Requirement.Evidence, "a/b", detail: "p = 0.4"), Reasons.For(Requirement.Evidence, "a/c"), Reasons.For(Requirement.Numbers, "a/d")],
            []);

        Assert.StartsWith("| rows | passed | failed | skipped |\n|---|---|---|---|\n| cell, tier cpu | 1 | 1 | 0 |\n| claim | 0 | 0 | 1 |\n", text);
        Assert.Contains("| evidence | 2 | p = 0.4. Look at it with: medbench claims show a/b |", text);
        Assert.Contains("| numbers | 1 |", text);
        Assert.DoesNotContain("cell that was run", text);
        Assert.DoesNotContain("decided", text);
    }

    [Fact]
    public void Text_DecidedClaims_ComeFirstWithEffectAndEvidence()
    {
        var session = Session.Current;
        ClaimVerdict Of(string id) => session.Book.Judge(session.Claims[id]);

        string text = Summary.Text([Of("wu2025/on-doerrich2025/end-to-end-beats-linear-probing/224/auc"), Of("wu2025/1-vits-beat-cnns/as-described/auc")], [], [], []);

        Assert.Equal(
            "| decided, by its primary row | outcome | effect | n | evidence |\n|---|---|---|---|---|\n"
            + "| wu2025/on-doerrich2025/end-to-end-beats-linear-probing/224/auc | seen | +2.00 points, 95 % interval +0.50 to +3.50 | 12 | transfer of published:doerrich2025 |\n", text);
    }
}
