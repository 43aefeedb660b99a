using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;

namespace MedBench.Tests.Claims.Verdicts;

public sealed class TrendClaimsTests
{
    private static readonly VerdictRules s_rules = VerdictRules.Load();
    private static readonly Comparison s_better = new(Saying.Better, 0, 0.02);

    // Twelve differences around a mean, with a spread of about 1.2 points.
    private static double[] Around(double mean, double scale = 1) => [.. Enumerable.Range(0, 12).Select(i => mean + scale * 0.0035 * (i - 5.5))];

    [Theory]
    [InlineData(Saying.Better, 0.03, ClaimOutcome.Holds)]
    [InlineData(Saying.Better, -0.03, ClaimOutcome.Contradicted)]
    [InlineData(Saying.Better, 0.002, ClaimOutcome.Equivalent)]
    [InlineData(Saying.Better, -0.0075, ClaimOutcome.Equivalent)]
    [InlineData(Saying.NoGain, 0.002, ClaimOutcome.Holds)]
    [InlineData(Saying.NoGain, -0.03, ClaimOutcome.Holds)]
    [InlineData(Saying.NoGain, 0.03, ClaimOutcome.Contradicted)]
    [InlineData(Saying.NoGain, 0.018, ClaimOutcome.Inconclusive)]
    [InlineData(Saying.Equivalent, 0.002, ClaimOutcome.Holds)]
    [InlineData(Saying.Equivalent, 0.03, ClaimOutcome.Contradicted)]
    [InlineData(Saying.Equivalent, -0.03, ClaimOutcome.Contradicted)]
    [InlineData(Saying.Equivalent, 0.018, ClaimOutcome.Inconclusive)]
    public void Paired_MeanDifference_IsJudgedByItsInterval(Saying saying, double mean, ClaimOutcome expected)
    {
        var verdict = TrendClaims.Paired(Around(mean), new Comparison(saying, 0, 0.02), s_rules);

        Assert.Equal(expected, verdict.Outcome);
        Assert.Equal(mean, verdict.Effect, 1e-12);
        Assert.True(verdict.Interval!.Value.Low < verdict.EquivalenceInterval!.Value.Low);
    }

    // Of "equivalent" the p that counts against it is that of a difference beyond the margin: Holm goes by it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Paired_EquivalenceContradicted_HasTheSmallPOfThat(bool overSeeds)
    {
        var apart = TrendClaims.Paired(Around(-0.08), new Comparison(Saying.Equivalent, 0, 0.02), s_rules, overSeeds: overSeeds);
        var alike = TrendClaims.Paired(Around(0.002), new Comparison(Saying.Equivalent, 0, 0.02), s_rules, overSeeds: overSeeds);

        Assert.Equal(ClaimOutcome.Contradicted, apart.Outcome);
        Assert.InRange(apart.P!.Value, 0, 0.01);
        Assert.InRange(alike.P!.Value, 0, 0.01);
    }

    [Fact]
    public void Paired_WideAndBehind_IsNoGain() => Assert.Equal(ClaimOutcome.NoGain, TrendClaims.Paired(Around(-0.014, 2), s_better, s_rules).Outcome);

    // scipy.stats.ttest_1samp([.03, .01, .02, .04, .025], 0): t 5.0, p 0.00749043
    [Fact]
    public void Paired_OverFiveSeeds_IsDecidedWithThePOfTheTTest()
    {
        var verdict = TrendClaims.Paired([0.03, 0.01, 0.02, 0.04, 0.025], s_better, s_rules, "seeds", overSeeds: true);

        Assert.Equal(ClaimOutcome.Holds, verdict.Outcome);
        Assert.Equal(0.00749043, verdict.P!.Value, 1e-8);
        Assert.Contains("over 5 seeds", verdict.Reason);
    }

    [Fact]
    public void Paired_OverFourSeeds_IsInconclusive() =>
        Assert.Equal(ClaimOutcome.Inconclusive, TrendClaims.Paired([0.03, 0.01, 0.02, 0.04], s_better, s_rules, "seeds", overSeeds: true).Outcome);

    [Fact]
    public void Paired_WithAnEffect_NeedsMoreThanThat()
    {
        Assert.Equal(ClaimOutcome.Holds, TrendClaims.Paired(Around(0.07), s_better with { Effect = 0.05 }, s_rules).Outcome);
        Assert.Equal(ClaimOutcome.Inconclusive, TrendClaims.Paired(Around(0.055), s_better with { Effect = 0.05 }, s_rules).Outcome);
        // Behind, but not by as much.
        Assert.Equal(ClaimOutcome.NoGain, TrendClaims.Paired(Around(-0.03), s_better with { Effect = 0.05 }, s_rules).Outcome);
    }

    [Fact]
    public void Paired_FirstAlwaysAhead_HasSciPysSignedRankP() =>
        Assert.Equal(0.00048828125, TrendClaims.Paired(Around(0.03), s_better, s_rules).P!.Value, 1e-12);

    [Fact]
    public void Paired_TooFewDatasets_InconclusiveHoweverClear()
    {
        var verdict = TrendClaims.Paired([0.8, 0.7, 0.6, 0.5, 0.4], s_better, s_rules);

        Assert.Equal(ClaimOutcome.Inconclusive, verdict.Outcome);
        Assert.Equal("5 datasets, but a decision needs at least 6", verdict.Reason);
        Assert.Equal(ClaimOutcome.Inconclusive, TrendClaims.Paired([], s_better, s_rules).Outcome);
    }

    // The size of the rule: with no difference "holds" and "contradicted" together come out in 5 % of cases, with one of one spread nearly always.
    [Theory]
    [InlineData(0.0, 0.0, 0.064)]
    [InlineData(1.0, 0.8, 1.0)]
    public void Paired_ManyDraws_DecideAsOftenAsTheRuleSays(double shift, double least, double most)
    {
        const int Draws = 2000;
        var random = new Random(20250124);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var quick = s_rules with { Bootstrap = s_rules.Bootstrap with { Resamples = 100 } };

        double decided = Enumerable.Range(0, Draws).Count(_ => TrendClaims.Paired([.. Enumerable.Range(0, 12).Select(_ => 0.03 * (shift + Normal()))], s_better, quick).Outcome is ClaimOutcome.Holds or ClaimOutcome.Contradicted) / (double)Draws;

        Assert.InRange(decided, least, most);
    }

    [Fact]
    public void Ordered_RisingRows_HoldAndFallingOnesContradict()
    {
        double[][] rows = [.. Enumerable.Range(0, 8).Select(i => new[] { 0.1 * i, 0.1 * i + 0.01, 0.1 * i + 0.02 })];

        Assert.Equal(ClaimOutcome.Holds, TrendClaims.Ordered(rows, s_rules).Outcome);
        Assert.Equal(0.02, TrendClaims.Ordered(rows, s_rules).Interval!.Value.Low, 1e-9);
        Assert.Equal(ClaimOutcome.Contradicted, TrendClaims.Ordered([.. rows.Select(r => r.Reverse().ToArray())], s_rules).Outcome);
        Assert.Equal(ClaimOutcome.Inconclusive, TrendClaims.Ordered([.. rows.Select((r, i) => i % 2 == 0 ? r : [.. r.Reverse()])], s_rules).Outcome);
    }

    [Theory]
    [InlineData(5, 0.02, ClaimOutcome.Holds)]
    [InlineData(5, -0.02, ClaimOutcome.Contradicted)]
    [InlineData(5, 0.0005, ClaimOutcome.Inconclusive)]
    [InlineData(4, 0.02, ClaimOutcome.Inconclusive)]
    public void Best_OfOneModel_NeedsFiveRunsAndToBeatEveryOther(int runs, double ahead, ClaimOutcome expected)
    {
        double[] Runs(double mean) => [.. Enumerable.Range(0, runs).Select(i => mean + 0.002 * (i - (runs - 1) / 2.0))];

        var verdict = TrendClaims.Best([new SweepCell([Runs(0.9), Runs(0.9 + ahead), Runs(0.85)])], claimed: 1, ["a", "b", "c"], s_rules);

        Assert.Equal(expected, verdict.Outcome);
    }

    [Fact]
    public void Best_ThreeRunsOfFourModels_Suffice()
    {
        SweepCell[] cells = [.. Enumerable.Range(0, 4).Select(m => new SweepCell([[0.80 + 0.02 * m, 0.802 + 0.02 * m, 0.801 + 0.02 * m], [0.83 + 0.02 * m, 0.832 + 0.02 * m, 0.831 + 0.02 * m]]))];

        Assert.Equal(ClaimOutcome.Holds, TrendClaims.Best(cells, claimed: 1, ["a", "b"], s_rules).Outcome);
        Assert.Equal(ClaimOutcome.Inconclusive, TrendClaims.Best([.. cells.Take(3)], claimed: 1, ["a", "b"], s_rules).Outcome);
    }

    // Intersection-union: of three equal settings the middle one is called best far less often than in one case of twenty.
    [Fact]
    public void Best_EqualSettings_AreSeldomDecided()
    {
        var random = new Random(20250124);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] Runs() => [.. Enumerable.Range(0, 5).Select(_ => 0.9 + 0.01 * Normal())];

        int held = Enumerable.Range(0, 1000).Count(_ => TrendClaims.Best([new SweepCell([Runs(), Runs(), Runs()])], claimed: 1, ["a", "b", "c"], s_rules).Outcome == ClaimOutcome.Holds);

        Assert.InRange(held, 0, 50);
    }
}
