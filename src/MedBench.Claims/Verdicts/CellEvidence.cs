using MedBench.Claims.Expected;
using MedBench.Claims.Statistics;

namespace MedBench.Claims.Verdicts;

/// <summary>Everything that bears on one cell. All values are fractions.</summary>
/// <param name="Metric"><c>acc</c> or <c>auc</c>.</param>
/// <param name="Values">One final test value a seed of ours; empty if not run.</param>
/// <param name="Published">The printed number; null if there is none.</param>
/// <param name="Pooled">Seed-to-seed spread pooled over cells of the same dataset and recipe; null to use this cell's own.</param>
/// <param name="TestImages">Images in the test split; null if unknown.</param>
/// <param name="Deterministic">The method has no randomness (k-NN): one exact value.</param>
/// <param name="Known">A listed deviation, if any.</param>
/// <param name="Caveats">What a reader must know besides, for example that DermaMNIST leaks lesions across its splits.</param>
public sealed record CellEvidence(
    string Metric,
    IReadOnlyList<double> Values,
    PublishedValue? Published,
    PooledSpread? Pooled = null,
    int? TestImages = null,
    bool Deterministic = false,
    KnownDeviation? Known = null,
    IReadOnlyList<string>? Caveats = null);
