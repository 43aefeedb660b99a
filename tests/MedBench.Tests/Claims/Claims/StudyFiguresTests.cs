using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Runs.Experiments;

namespace MedBench.Tests.Claims.Claims;

/// <summary>What other people's numbers say, against figures that were computed with SciPy from the same files: points, to the digits at hand.</summary>
public sealed class StudyFiguresTests
{
    private static readonly PublishedResults s_published = PublishedResults.Load();
    private static readonly IReadOnlyList<Claim> s_claims = ClaimCatalog.Load(s_published);
    private static readonly ClaimJudge s_judge = new(new ClaimEvidence(s_published, [], new ResultsIndex([]), VerdictRules.Load()), s_claims);

    [Theory]
    [InlineData("wu2025/on-pecco2026/end-to-end-beats-linear-probing/auc", ClaimOutcome.Seen, 3.54, 0.41, 6.68, 10, 10, 0.00195)]
    [InlineData("wu2025/on-pecco2026/end-to-end-beats-linear-probing/acc", ClaimOutcome.Seen, 6.76, 4.95, 8.57, 9, 9, 0.0039)]
    [InlineData("wu2025/on-pecco2026/vits-beat-cnns/linear-probing/auc", ClaimOutcome.Inconclusive, 4.13, -1.20, 9.46, 10, 10, 0.00195)]
    [InlineData("wu2025/on-pecco2026/vits-beat-cnns/linear-probing/acc", ClaimOutcome.Seen, 5.26, 3.06, 7.46, 9, 9, null)]
    [InlineData("wu2025/on-pecco2026/vits-beat-cnns/end-to-end/auc", ClaimOutcome.NotSeen, -0.60, -1.73, 0.53, 6, 10, 0.85)]
    [InlineData("wu2025/on-pecco2026/vits-beat-cnns/end-to-end/acc", ClaimOutcome.NotSeen, -1.20, -3.19, 0.80, 2, 9, 0.20)]
    [InlineData("wu2025/on-doerrich2025/end-to-end-beats-linear-probing/224/acc", ClaimOutcome.Seen, 6.14, 3.10, 9.17, 11, 12, 0.00146)]
    [InlineData("wu2025/on-doerrich2025/end-to-end-beats-linear-probing/224/auc", ClaimOutcome.Seen, 2.00, 0.50, 3.50, 10, 12, null)]
    [InlineData("wu2025/on-doerrich2025/end-to-end-beats-linear-probing/28/acc", ClaimOutcome.Seen, 9.59, 4.87, 14.30, 11, 12, null)]
    [InlineData("wu2025/on-doerrich2025/end-to-end-beats-linear-probing/28/auc", ClaimOutcome.Seen, 5.28, 3.44, 7.12, 12, 12, null)]
    [InlineData("wu2025/on-doerrich2025/vits-beat-cnns/end-to-end/224/auc", ClaimOutcome.NotSeen, -1.41, -2.94, 0.12, 5, 12, null)]
    [InlineData("wu2025/on-doerrich2025/vits-beat-cnns/end-to-end/224/acc", ClaimOutcome.NotSeen, -1.10, -2.66, 0.45, 5, 12, 0.46973)]
    [InlineData("wu2025/on-doerrich2025/vits-beat-cnns/linear-probing/224/auc", ClaimOutcome.Inconclusive, -0.30, -2.45, 1.85, 1, 12, 0.034)]
    public void Comparison_OnAStudy_IsThatOfSciPy(string id, ClaimOutcome outcome, double effect, double low, double high, int ahead, int used, double? p)
    {
        var verdict = s_judge.Judge(s_claims.Single(c => c.Id == id));

        Assert.Equal((outcome, ahead, used), (verdict.Outcome, verdict.Ahead, verdict.Used));
        Assert.Equal([effect, low, high], [.. ((double[])[verdict.Effect!.Value, verdict.Interval!.Value.Low, verdict.Interval.Value.High]).Select(Points)]);
        if (p is { } expected)
            Assert.Equal(expected, verdict.P!.Value, expected / 50);
        Assert.NotEmpty(verdict.Deviations);
    }

    [Theory]
    [InlineData("end-to-end/224/auc", -1.71, -3.53, 0.11)]
    [InlineData("end-to-end/64/acc", -1.56, -2.76, -0.35)]
    [InlineData("linear-probing/224/auc", -0.18, -2.85, 2.48)]
    public void Comparison_WithTheOrganSetsMerged_IsThatOfSciPy(string row, double effect, double low, double high)
    {
        var merged = s_judge.Judge(s_claims.Single(c => c.Id == $"wu2025/on-doerrich2025/vits-beat-cnns/{row}")).OrgansMerged!;

        Assert.Equal([effect, low, high], [.. ((double[])[merged.Effect, merged.Interval!.Value.Low, merged.Interval.Value.High]).Select(Points)]);
    }

    [Theory]
    [InlineData("auc", "37 of 40 pairs ahead")]
    [InlineData("acc", "35 of 36 pairs ahead")]
    public void Comparison_ByBackbone_NamesTheExceptionsWhichAreAllViT(string metric, string expected)
    {
        string reason = s_judge.Judge(s_claims.Single(c => c.Id == $"wu2025/on-pecco2026/end-to-end-beats-linear-probing/{metric}")).Reason;

        Assert.Contains($"{expected}, not vit_base_patch16_224.augreg2_in21k_ft_in1k on ", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("resnet18", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("breastmnist", 0.90739, 0.0115, 0.86795, 0.0125)]
    [InlineData("pneumoniamnist", 0.94639, 0.0119, 0.84904, 0.0419)]
    [InlineData("retinamnist", 0.72897, 0.0091, 0.51550, 0.0108)]
    [InlineData("dermamnist", 0.91305, 0.0048, 0.73732, 0.0085)]
    public void OfficialScript_EachDataset_HasTheMeanAndStdOfItsRuns(string dataset, double auc, double aucStd, double acc, double accStd)
    {
        foreach (var (metric, mean, std) in ((string, double, double)[])[("auc", auc, aucStd), ("acc", acc, accStd)])
        {
            var value = s_published.Values.Single(v => v.Key.Paper == "yang2023-official-script" && v.Key.Dataset == dataset && $"{v.Key.Metric}".Equals(metric, StringComparison.OrdinalIgnoreCase));

            Assert.Equal(mean, value.Mean, 6e-6);
            Assert.Equal(std, value.Std!.Value, 5.1e-5);
            Assert.Equal(dataset == "dermamnist" ? 3 : 5, value.Runs);
        }
    }

    // Both sentences on both studies, as the evidence's README reads them.
    [Theory]
    [InlineData("wu2025/on-pecco2026/vits-beat-cnns", ClaimOutcome.NotSeen)]
    [InlineData("wu2025/on-doerrich2025/vits-beat-cnns", ClaimOutcome.NotSeen)]
    [InlineData("wu2025/on-pecco2026/end-to-end-beats-linear-probing", ClaimOutcome.Seen)]
    [InlineData("wu2025/on-doerrich2025/end-to-end-beats-linear-probing", ClaimOutcome.Seen)]
    public void Sentence_ByTransfer_IsDecidedByItsPrimaryRow(string sentence, ClaimOutcome expected) =>
        Assert.Equal(expected, s_judge.Judge(s_claims.Single(c => c.Sentence == sentence && c.IsPrimary)).Outcome);

    private static double Points(double fraction) => Math.Round(100 * fraction, 2);
}
