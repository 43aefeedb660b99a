using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Training.Recipes;

namespace MedBench.Claims.Verdicts;

/// <summary>Everything that bears on one cell. All values are fractions.</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="Values">One final test value a seed of ours; empty if not run.</param>
/// <param name="Published">The printed number; null if there is none.</param>
/// <param name="Pooled">Seed-to-seed spread pooled over cells of the same dataset and recipe; null to use this cell's own.</param>
/// <param name="TestImages">Images in the test split; null if unknown.</param>
/// <param name="Deterministic">The method has no randomness (k-NN): one exact value.</param>
/// <param name="Known">A listed deviation, if any.</param>
/// <param name="Caveats">What a reader must know besides, for example that DermaMNIST leaks lesions across its splits.</param>
public sealed record CellEvidence(
    Metric Metric,
    IReadOnlyList<double> Values,
    PublishedValue? Published,
    PooledSpread? Pooled = null,
    int? TestImages = null,
    bool Deterministic = false,
    KnownDeviation? Known = null,
    IReadOnlyList<string>? Caveats = null)
{
    /// <summary>Evidence on <paramref name="key"/>, completed by what is on record: the published number, a listed deviation, the size of the test split, caveats.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="values">One final test value a seed of ours; empty if not run.</param>
    /// <param name="published">All that is published.</param>
    /// <param name="pooled">Spread pooled over cells, if any.</param>
    public static CellEvidence For(CellKey key, IReadOnlyList<double> values, PublishedResults published, PooledSpread? pooled = null)
    {
        var card = DatasetCatalog.Get(key.Dataset);
        string[] ofPaper = [.. published.Papers.Where(p => p.Name == key.Paper && p.Caveat.Length > 0).Select(p => $"{p.Name}: {p.Caveat}")];
        return new CellEvidence(
            key.Metric, values, published.Find(key), pooled, card.Splits.Test, key.Method == MethodName.Knn,
            published.Deviation(key), [.. ofPaper, .. card.Caveats.Select(c => $"{card.Title}: {c}")]);
    }
}
