using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;

namespace MedBench.Tests.Claims.Verdicts;

public sealed class TrendClaimsTests
{
    private static readonly VerdictRules Rules = VerdictRules.Load();

    [Fact]
    public void Paired_FirstAlwaysBetter_HoldsAndTheReverseIsContradicted()
    {
        PairedCell[] cells = [.. Enumerable.Range(1, 12).Select(i => new PairedCell([0.9 + i * 0.001], [0.9]))];

        var verdict = TrendClaims.Paired("a", cells, Rules);

        Assert.Equal(TrendKind.Holds, verdict.Kind);
        Assert.Equal(0.00048828125, verdict.P!.Value, 1e-12);
        Assert.Equal(1, verdict.Improvement);
        Assert.Equal(TrendKind.Contradicted, TrendClaims.Paired("a", [.. cells.Select(c => new PairedCell(c.Second, c.First))], Rules).Kind);
    }

    [Fact]
    public void Paired_TooFewDatasets_InconclusiveHoweverClear()
    {
        var verdict = TrendClaims.Paired("a", [.. Enumerable.Range(1, 5).Select(i => new PairedCell([0.9], [0.1 * i]))], Rules);

        Assert.Equal(TrendKind.Inconclusive, verdict.Kind);
        Assert.Equal("5 datasets, but a decision needs at least 6", verdict.Reason);
        Assert.Equal(TrendKind.Inconclusive, TrendClaims.Paired("a", [], Rules).Kind);
    }

    [Fact]
    public void Paired_SignificantButSeldom_IsInconclusive()
    {
        // Eight big wins, four tiny losses: significant by rank, yet better on only two thirds of the datasets.
        PairedCell[] cells = [.. Enumerable.Range(1, 12).Select(i => new PairedCell([0.5 + (i <= 4 ? -0.001 * i : 0.01 * i)], [0.5]))];

        var verdict = TrendClaims.Paired("a", cells, Rules);

        Assert.True(verdict.P < 0.05);
        Assert.Equal(8 / 12.0, verdict.Improvement);
        Assert.Equal(TrendKind.Inconclusive, verdict.Kind);
    }

    [Fact]
    public void Ordered_RisingRows_HoldAndFallingOnesContradict()
    {
        double[][] rows = [.. Enumerable.Range(0, 8).Select(i => new[] { 0.1 * i, 0.1 * i + 0.01, 0.1 * i + 0.02 })];

        Assert.Equal(TrendKind.Holds, TrendClaims.Ordered("a", rows, Rules).Kind);
        Assert.Equal(TrendKind.Contradicted, TrendClaims.Ordered("a", [.. rows.Select(r => r.Reverse().ToArray())], Rules).Kind);
        Assert.Equal(TrendKind.Inconclusive, TrendClaims.Ordered("a", [.. rows.Select((r, i) => i % 2 == 0 ? r : [.. r.Reverse()])], Rules).Kind);
    }
}
