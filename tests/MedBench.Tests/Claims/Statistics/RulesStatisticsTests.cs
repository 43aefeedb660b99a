using System.Text.Json;
using MedBench.Claims.Statistics;

namespace MedBench.Tests.Claims.Statistics;

/// <summary>The statistics of rules version 2 against SciPy, limma and pROC.</summary>
public sealed class RulesStatisticsTests
{
    private const double Tolerance = 1e-8;
    private static readonly JsonElement s_r = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "r.json"))).RootElement;

    [Fact]
    public void ModeratedVariance_EveryGoldenCase_EqualsLimma() =>
        Assert.All(s_r.GetProperty("moderated").EnumerateArray(), c =>
        {
            Spread[] spreads = [.. c.Numbers("std").Zip(c.Numbers("df"), (std, df) => new Spread(std, df))];

            var family = ModeratedVariance.Of(spreads);

            Near(c.Numbers("prior_df")[0], family.PriorDegreesOfFreedom);
            Near(c.Numbers("prior_std")[0], family.PriorStd);
            Assert.All(spreads.Zip(c.Numbers("moderated")), s => Near(s.Second, family.Moderate(s.First)!.Std));
            Assert.All(spreads, s => Near(family.PriorDegreesOfFreedom + s.DegreesOfFreedom, family.Moderate(s)!.DegreesOfFreedom));
        });

    [Fact]
    public void ModeratedVariance_CellsAlike_ShareOneSpreadWorthNoMoreThanAllOfThem()
    {
        var family = ModeratedVariance.Of([new(0.010, 2), new(0.011, 2), new(0.009, 4)]);

        Assert.Equal(double.PositiveInfinity, family.PriorDegreesOfFreedom);
        Assert.Equal(8, family.Moderate(new(0.009, 4))!.DegreesOfFreedom);
        Assert.Equal(family.PriorStd, family.Moderate(null)!.Std);
        // Above the pooled 0.0098: E ln s² lies below ln σ², the more so the fewer runs.
        Assert.Equal(Math.Exp((2 * Math.Log(0.010 * 0.011 * 0.009) + 2 * 0.5772157 + 0.2703628) / 6), family.PriorStd, 1e-8);
    }

    [Fact]
    public void ModeratedVariance_OneCell_LendsNothing()
    {
        var family = ModeratedVariance.Of([new(0.01, 4)]);

        Assert.Equal(new Spread(0.01, 4), family.Moderate(new(0.01, 4)));
        Assert.Null(family.Moderate(null));
        Assert.Null(ModeratedVariance.Of([]).Moderate(null));
    }

    [Fact]
    public void Trigamma_AndItsInverse_EqualR()
    {
        var golden = s_r.GetProperty("trigamma");

        Assert.All(golden.Numbers("x").Zip(golden.Numbers("y")), p => Near(p.Second, ModeratedVariance.Trigamma(p.First)));
        Assert.All(golden.Numbers("inverse_of").Zip(golden.Numbers("inverse")), p => Assert.Equal(1, ModeratedVariance.InverseTrigamma(p.First) / p.Second, 1e-6));
    }

    [Fact]
    public void NoncentralT_EveryGoldenCase_EqualsSciPy() =>
        Assert.All(SciPyGolden.Cases("noncentral_t"), c => Assert.Equal(c.Number("cdf"), NoncentralT.Cdf(c.Number("t"), c.Number("df"), c.Number("nc")), 1e-9));

    [Fact]
    public void Difference_EveryGoldenCase_HasSciPysShiftPosteriorAndPower() =>
        Assert.All(SciPyGolden.Cases("differences"), c =>
        {
            var comparison = new MeanComparison(c.Number("difference"), c.Number("error"), c.Number("df"));
            double margin = c.Number("margin");

            Assert.Equal(1, comparison.DetectableShift(0.05, 0.8) / (c.Number("noncentrality") * comparison.StandardError), 1e-7);
            Assert.Equal(c.Number("posterior"), comparison.PosteriorWithin(margin), Tolerance);
            Assert.Equal(c.Number("power"), comparison.EquivalencePower(margin, 0.05), 1e-7);
        });

    [Fact]
    public void MeanOfAndHeterogeneity_EveryGoldenCase_EqualSciPy() =>
        Assert.All(SciPyGolden.Cases("mean_of"), c =>
        {
            double[] d = c.Numbers("d"), se = c.Numbers("se"), df = c.Numbers("df");
            MeanComparison[] differences = [.. d.Select((value, i) => new MeanComparison(value, se[i], df[i]))];

            var mean = MeanComparison.MeanOf(differences);
            var heterogeneity = Heterogeneity.Of(differences);

            Near(c.Number("mean"), mean.Difference);
            Near(c.Number("error"), mean.StandardError);
            Near(c.Number("freedom"), mean.DegreesOfFreedom);
            Assert.Equal(7, MeanComparison.MeanOf(differences, most: 7).DegreesOfFreedom);
            Near(c.Number("q"), heterogeneity.Q);
            Assert.Equal(c.Number("tau"), heterogeneity.Tau, Tolerance);
            Assert.Equal(c.Number("p"), heterogeneity.P, Tolerance);
        });

    [Fact]
    public void Paired_EqualsTheTestOfOneSample()
    {
        // scipy.stats.ttest_1samp([1, 2, 4, 0.5], 0).pvalue
        var paired = MeanComparison.Paired([1, 2, 4, 0.5]);

        Assert.Equal(0.0939399551, paired.DifferenceP, Tolerance);
        Assert.Equal(paired.DifferenceP / 2, paired.GreaterP(0), 1e-12);
    }

    [Fact]
    public void Wilson_EveryGoldenCase_EqualsSciPy() =>
        Assert.All(SciPyGolden.Cases("binomial"), c =>
        {
            var interval = BinomialInterval.Wilson(c.Number("share"), c.GetProperty("trials").GetInt32(), 0.95);

            Assert.Equal(c.Number("low"), interval.Low, 1e-7);
            Assert.Equal(c.Number("high"), interval.High, 1e-7);
        });

    [Fact]
    public void Capture_EveryGoldenCase_EqualsSciPy() =>
        Assert.All(SciPyGolden.Cases("capture"), c =>
            Assert.Equal(c.Number("p"), new Capture(c.GetProperty("inside").GetInt32(), c.GetProperty("of").GetInt32(), 0.95).P, 1e-10));

    [Fact]
    public void DeLong_EveryGoldenCase_EqualsPRoc() =>
        Assert.All(s_r.GetProperty("delong").EnumerateArray(), c =>
        {
            var interval = AucInterval.DeLong([(c.Numbers("scores"), [.. c.Numbers("positive").Select(p => p == 1)])])!;

            Near(c.Numbers("auc")[0], interval.Auc);
            Near(c.Numbers("variance")[0], interval.StandardError * interval.StandardError);
            Assert.Equal(c.Numbers("interval")[0], interval.Interval(0.95).Low, Tolerance);
            Assert.Equal(c.Numbers("interval")[1], interval.Interval(0.95).High, Tolerance);
        });

    [Fact]
    public void DeLong_MacroAverage_AgreesWithTheJackknifeOverImages() =>
        Assert.All(SciPyGolden.Cases("macro_auc"), c =>
        {
            double[][] truth = c.Rows("truth"), scores = c.Rows("scores");

            var interval = AucInterval.DeLong([.. Enumerable.Range(0, truth[0].Length).Select(q =>
                (scores.Select(row => row[q]).ToArray(), truth.Select(row => row[q] == 1).ToArray()))])!;

            Near(c.Number("auc"), interval.Auc);
            // Two estimators of one thing: they differ by terms of order 1/n, and n is 60.
            Assert.Equal(1, interval.StandardError / c.Number("jackknife"), 0.02);
        });

    [Fact]
    public void DeLong_OneImageOfAKind_HasNoVariance() => Assert.Null(AucInterval.DeLong([([0.1, 0.2, 0.3], [true, false, false])]));

    [Fact]
    public void HanleyMcNeil_SeveralQuestions_TakesTheLargestErrorThatTheirMeanCanHave()
    {
        double one = AucInterval.HanleyMcNeil(0.9, [(50, 100)]).StandardError, other = AucInterval.HanleyMcNeil(0.9, [(10, 140)]).StandardError;

        Assert.Equal((one + other) / 2, AucInterval.HanleyMcNeil(0.9, [(50, 100), (10, 140)]).StandardError, 1e-12);
        // The worked example of docs/rules.md.
        var printed = AucInterval.HanleyMcNeil(0.901, [(114, 42)]).Interval(0.95);
        Assert.Equal((0.8542, 0.9478), (Math.Round(printed.Low, 4), Math.Round(printed.High, 4)));
    }

    [Fact]
    public void BayesianSignedRank_EveryGoldenCase_AgreesWithNumPysMonteCarlo() =>
        Assert.All(SciPyGolden.Cases("bayesian_signed_rank"), c =>
        {
            var probabilities = BayesianSignedRank.Of(c.Numbers("d"), c.Number("rope"), draws: 10_000, seed: 1);

            // Four standard errors of 10,000 draws at most.
            Assert.All(c.Numbers("probabilities").Zip([probabilities.First, probabilities.Equal, probabilities.Second]), p =>
                Assert.Equal(p.First, p.Second, 4 * Math.Sqrt(Math.Max(p.First * (1 - p.First), 1e-3) / 10_000) + 0.0012));
            Assert.Equal(1, probabilities.First + probabilities.Equal + probabilities.Second, 1e-12);
        });

    [Fact]
    public void Holm_FixedNumberOfTests_DoesNotDependOnWhatWasRunFirst()
    {
        Assert.Equal([0.04, 0.04, 0.4], MultipleTesting.Holm([0.01, 0.0125, 0.2], tests: 4));
        // The missing ones would have been the largest.
        Assert.Equal(MultipleTesting.Holm([0.01, 0.0125, 0.2, 1])[..3], MultipleTesting.Holm([0.01, 0.0125, 0.2], tests: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultipleTesting.Holm([0.1, 0.2], tests: 1));
    }

    // Relative: the cases differ by orders of magnitude.
    private static void Near(double expected, double actual) => Assert.Equal(1, actual / expected, Tolerance);
}
