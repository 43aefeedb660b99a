using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Claims.Verdicts;

/// <summary>One judged cell: our runs, the published number and the verdict.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Seeds">Our runs, by seed.</param>
/// <param name="Published">The printed number; null if there is none.</param>
/// <param name="Verdict">What follows.</param>
public sealed record JudgedCell(CellKey Key, IReadOnlyList<SeedValue> Seeds, PublishedValue? Published, CellVerdict Verdict)
{
    /// <summary>Judges runs of one configuration: by each metric that they have, with the selected weights and with the last epoch's.</summary>
    /// <param name="runs">One a seed.</param>
    /// <param name="key">The cell for one metric.</param>
    /// <param name="published">All that is published.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="pooled">The spread pooled over the cells around one, by its key and weights; null to judge by these runs alone.</param>
    public static IEnumerable<JudgedCell> OfRuns(IReadOnlyList<RunResult> runs, Func<Metric, CellKey> key, PublishedResults published, VerdictRules rules, Func<CellKey, TestedWeights, PooledSpread?>? pooled = null) =>
        from weights in Enum.GetValues<TestedWeights>()
        from metric in Enum.GetValues<Metric>()
        where runs.Any(r => r.Test(metric, weights) is not null)
        let cell = key(metric)
        select Of(cell, runs, published, rules, pooled?.Invoke(cell, weights), weights);

    /// <summary>Judges the runs of one cell. Runs without the metric (an undefined AUC) are left out.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="runs">Its runs, one a seed.</param>
    /// <param name="published">All that is published.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="pooled">Spread pooled over cells, if any.</param>
    /// <param name="weights">Weights that were tested.</param>
    public static JudgedCell Of(CellKey key, IReadOnlyList<RunResult> runs, PublishedResults published, VerdictRules rules, PooledSpread? pooled = null, TestedWeights weights = TestedWeights.Selected)
    {
        SeedValue[] seeds = [.. from run in runs
                                let value = run.Test(key.Metric, weights)
                                where value is not null
                                orderby run.Spec.Seed, run.Id
                                select new SeedValue(run.Spec.Seed, value.Value, run.Id)];
        var shown = key.With(weights);
        // One set of weights may deviate as is known, and the other not.
        var evidence = CellEvidence.For(key, [.. seeds.Select(s => s.Value)], published, pooled) with { Known = published.Deviation(shown) };
        return new JudgedCell(shown, seeds, evidence.Published, CellJudge.Judge(evidence, rules));
    }
}
