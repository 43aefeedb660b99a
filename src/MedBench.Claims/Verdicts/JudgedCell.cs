using System.Text.Json.Serialization;
using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Claims.Verdicts;

/// <summary>One judged cell: our runs, the published number and the verdict.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Dataset">Its dataset.</param>
/// <param name="Seeds">Our runs, by seed.</param>
/// <param name="Published">The printed number; null if there is none.</param>
/// <param name="Verdict">What follows.</param>
public sealed record JudgedCell(CellKey Key, [property: JsonIgnore] DatasetCard Dataset, IReadOnlyList<SeedValue> Seeds, PublishedValue? Published, CellVerdict Verdict)
{
    /// <summary>Judges runs of one configuration: by each metric that they have, with the selected weights and with the last epoch's.</summary>
    /// <param name="runs">One a seed.</param>
    /// <param name="key">The cell for one metric.</param>
    /// <param name="published">All that is published.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="family">The spreads of the cells around one, by its key and weights; null to judge by these runs alone.</param>
    /// <param name="declared">The dataset as an experiment declares it, with its images; null for none.</param>
    public static IEnumerable<JudgedCell> OfRuns(IReadOnlyList<RunResult> runs, Func<Metric, CellKey> key, PublishedResults published, VerdictRules rules, Func<CellKey, TestedWeights, ModeratedVariance?>? family = null, DatasetCard? declared = null) =>
        from weights in Enum.GetValues<TestedWeights>()
        from metric in Enum.GetValues<Metric>()
        where runs.Any(r => r.Test(metric, weights) is not null)
        let cell = key(metric)
        select Of(cell, runs, published, rules, family?.Invoke(cell, weights), weights, declared);

    /// <summary>Judges the runs of one cell. Runs without the metric (an undefined AUC) are left out.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="runs">Its runs, one a seed.</param>
    /// <param name="published">All that is published.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="family">The spreads of the cells around it, if any.</param>
    /// <param name="weights">Weights that were tested.</param>
    /// <param name="declared">The dataset as an experiment declares it; null for none.</param>
    public static JudgedCell Of(CellKey key, IReadOnlyList<RunResult> runs, PublishedResults published, VerdictRules rules, ModeratedVariance? family = null, TestedWeights weights = TestedWeights.Selected, DatasetCard? declared = null)
    {
        var dataset = DatasetOf(key, runs, declared);
        SeedValue[] seeds = [.. from run in runs
                                let value = run.Test(key.Metric, weights)
                                where value is not null
                                orderby run.Spec.Seed, run.Id
                                select new SeedValue(run.Spec.Seed, value.Value, run.Id)];
        var shown = key.With(weights);
        // One set of weights may deviate as is known, and the other not.
        var evidence = CellEvidence.For(key, dataset, [.. seeds.Select(s => s.Value)], published, family) with { Known = published.Deviation(shown), Questions = Questions(key, runs), Fragile = runs.Select(r => r.Test(weights)?.Fragile).FirstOrDefault(f => f is not null) };
        return new JudgedCell(shown, dataset, seeds, evidence.Published, CellJudge.Judge(evidence, rules));
    }

    // A declared card has images and groups, too; but of another file it is another dataset.
    private static DatasetCard DatasetOf(CellKey key, IReadOnlyList<RunResult> runs, DatasetCard? declared) =>
        (runs.Count == 0 || declared?.Files.Values.Any(f => f.Md5 == runs[0].Spec.DatasetMd5) == true ? null : runs[0].Dataset) ?? declared ?? DatasetCatalog.Get(key.Dataset);

    // Every run of a dataset has the same test images, so any record says how many there are of each class. A two-class AUC asks one question, about class 1.
    private static IReadOnlyList<(int Positives, int Negatives)>? Questions(CellKey key, IReadOnlyList<RunResult> runs)
    {
        var classes = runs.Select(r => r.Test(TestedWeights.Selected)?.Classes).FirstOrDefault(c => c is { Count: > 0 });
        return classes is null ? null : [.. classes.Skip(classes.Count == 2 ? 1 : 0).Select(c => (c.Support, c.TrueNegatives + c.FalsePositives)).Where(q => q.Support > 0 && q.Item2 > 0)];
    }
}
