using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Verdicts;

/// <summary>The seed-to-seed spread on one fixed test set: the yardstick of "reproduced". (Other patients would add sampling noise, which is not meant here.)</summary>
/// <param name="Std">Standard deviation of one run, a fraction.</param>
/// <param name="DegreesOfFreedom">Behind <paramref name="Std"/>.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record RerunNoise(double Std, double DegreesOfFreedom, string Origin)
{
    /// <summary>What one cell says of its own spread: our runs and the printed std together. Null where neither has one.</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="ours">Our runs; null for none.</param>
    /// <param name="published">The printed number; null for none.</param>
    /// <param name="testImages">Images in the test split; null if unknown.</param>
    public static Spread? Own(Metric metric, SampleSummary? ours, PublishedValue? published, int? testImages)
    {
        // Seeds that agree have noise all the same: the metric moves in steps, and a printed mean in its decimals. Half a step stands for none.
        double least = Math.Max(published?.HalfStep ?? 0, metric == Metric.Acc && testImages is { } images ? 0.5 / images : 0);
        Spread? Of(double? std, int? runs) => std is { } s && runs is >= 2 and var n && Math.Max(s, least) is > 0 and var noise ? new Spread(noise, n - 1) : null;
        return Spread.Pool([.. ((Spread?[])[Of(ours?.Std, ours?.Count), Of(published?.Std, published?.Runs)]).OfType<Spread>()]);
    }

    /// <summary>The best estimate at hand for one run, ours or the paper's: the cell's own spread, drawn towards its family's. Null if neither has one.</summary>
    internal static RerunNoise? For(CellEvidence evidence, SampleSummary? ours, PublishedValue published)
    {
        var own = Own(evidence.Metric, ours, published, evidence.TestImages);
        var spread = evidence.Family is { } family ? family.Moderate(own) : own;
        return spread is null ? null : new RerunNoise(spread.Std, spread.DegreesOfFreedom, Source(evidence.Family, own, ours, published));
    }

    private static string Source(ModeratedVariance? family, Spread? own, SampleSummary? ours, PublishedValue published)
    {
        string alone = (ours?.Std, published.Std) switch
        {
            ({ }, { }) => "our seeds and the printed std together",
            ({ }, null) => "our seeds, taken for the published runs too (no std is printed)",
            (null, { }) => "the printed std, taken for our runs too",
            _ => "no spread of its own",
        };
        return family is not { Groups: >= 2 } ? alone
            : own is null ? $"the spreads of {family.Groups} cells of its dataset, method and metric"
            : $"{alone}, {Show.Points(own.Std)} points on {Show.Number(own.DegreesOfFreedom, 0)} d.f., drawn towards {Show.Points(family.PriorStd)} of {family.Groups} cells by {(double.IsPositiveInfinity(family.PriorDegreesOfFreedom) ? "all of it: they are alike" : $"{Show.Number(family.PriorDegreesOfFreedom, 1)} d.f.")}";
    }
}
