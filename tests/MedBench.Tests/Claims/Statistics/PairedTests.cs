using CsCheck;
using MedBench.Claims.Statistics;

namespace MedBench.Tests.Claims.Statistics;

public sealed class PairedTests
{
    [Fact]
    public void Wilcoxon_EveryGoldenCase_EqualsAllSignPatternsAndSciPy() =>
        Assert.All(SciPyGolden.Cases("wilcoxon"), c =>
        {
            var test = WilcoxonSignedRank.Of(c.Numbers("d"), c.GetProperty("pratt").GetBoolean() ? ZeroPairs.RankThenDrop : ZeroPairs.Drop);

            Assert.Equal(c.GetProperty("pairs").GetInt32(), test.Pairs);
            Assert.Equal(c.Number("plus"), test.Plus);
            Assert.Equal(c.Number("greater"), test.GreaterP, 1e-12);
            Assert.Equal(c.Number("less"), test.LessP, 1e-12);
            if (!c.TryGetProperty("scipy_two-sided", out _))
                return;
            Assert.Equal(c.Number("scipy_two-sided"), test.TwoSidedP, 1e-12);
            Assert.Equal(c.Number("scipy_greater"), test.GreaterP, 1e-12);
        });

    // Every gap is three points, but 0.93 - 0.90 and 0.83 - 0.80 differ in their last bits.
    [Fact]
    public void Wilcoxon_GapsEqualButForRounding_AreTied()
    {
        (double, double)[] pairs = [(.93, .90), (.80, .83), (.74, .71), (.66, .63), (.57, .54), (.99, .96), (.52, .49)];

        Assert.Equal(0.125, WilcoxonSignedRank.Of([.. pairs.Select(p => p.Item1 - p.Item2)]).TwoSidedP, 1e-12);
        Assert.Equal(PageTrend.Of([[0.1, 0.3, 0.3], [0.1, 0.2, 0.3]]).P, PageTrend.Of([[0.1, 0.1 + 0.2, 0.3], [0.1, 0.2, 0.3]]).P);
    }

    [Theory]
    [InlineData(5, 0.0625)]
    [InlineData(6, 0.03125)]
    [InlineData(12, 0.00048828125)]
    public void Wilcoxon_AllPairsAgree_ReachesTheSmallestP(int pairs, double p) =>
        Assert.Equal(p, WilcoxonSignedRank.Of([.. Enumerable.Range(1, pairs).Select(i => (double)i)]).TwoSidedP, 1e-12);

    [Fact]
    public void Wilcoxon_NothingDiffers_IsNoEvidence() => Assert.Equal(1, WilcoxonSignedRank.Of([0, 0, 0]).TwoSidedP);

    [Fact]
    public void Wilcoxon_SignsSwapped_TailsSwap() =>
        Gen.Int[-5, 5].Select(i => i / 2.0).Array[1, 15].Sample(d =>
        {
            var test = WilcoxonSignedRank.Of(d);
            var swapped = WilcoxonSignedRank.Of([.. d.Select(v => -v)]);
            return Math.Abs(test.GreaterP - swapped.LessP) < 1e-12 && test.Plus == swapped.Minus;
        });

    [Fact]
    public void Page_EveryGoldenCase_EqualsSciPyAndAllOrders() =>
        Assert.All(SciPyGolden.Cases("page"), c =>
        {
            var test = PageTrend.Of(c.Rows("rows"));

            Assert.Equal(c.Number("l"), test.L);
            Assert.Equal(c.Number("p"), test.P, 1e-12);
        });

    [Fact]
    public void Page_RowsOfUnequalLength_Throw() => Assert.Throws<ArgumentException>(() => PageTrend.Of([[1.0, 2], [1.0, 2, 3]]));

    [Fact]
    public void MultipleTesting_ExampleOfBenjaminiAndHochberg1995_RejectsFourAndThree()
    {
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];

        Assert.Equal(4, MultipleTesting.BenjaminiHochberg(p).Count(v => v <= 0.05));
        Assert.Equal(3, MultipleTesting.Holm(p).Count(v => v <= 0.05));
        Assert.Equal(0.0095 * 15 / 4, MultipleTesting.BenjaminiHochberg(p)[3], 1e-12);
        Assert.Equal(0.0019 * 13, MultipleTesting.Holm(p)[2], 1e-12);
    }

    [Fact]
    public void MultipleTesting_AnyOrder_KeepsPlacesAndMonotony() =>
        Gen.Double[0, 1].Array[1, 20].Sample(p =>
        {
            double[] holm = MultipleTesting.Holm(p), bh = MultipleTesting.BenjaminiHochberg(p);
            int[] order = [.. Enumerable.Range(0, p.Length).OrderBy(i => p[i])];
            return order.Zip(order.Skip(1)).All(x => holm[x.First] <= holm[x.Second] && bh[x.First] <= bh[x.Second])
                && Enumerable.Range(0, p.Length).All(i => p[i] <= bh[i] + 1e-15 && bh[i] <= holm[i] + 1e-12 && holm[i] <= 1);
        });
}
