using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;

namespace MedBench.Claims.Verdicts;

/// <summary>Everything that bears on one cell. All values are fractions.</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="Values">One final test value a seed of ours; empty if not run.</param>
/// <param name="Published">The printed number; null if there is none.</param>
/// <param name="Family">The spreads between seeds of the cells of its dataset, method and metric, this one among them; null to judge by its own alone.</param>
/// <param name="TestImages">Images in the test split; null if unknown.</param>
/// <param name="Deterministic">The method has no randomness (k-NN): one exact value.</param>
/// <param name="Known">A listed deviation, if any.</param>
/// <param name="Caveats">What a reader must know besides, for example that DermaMNIST leaks lesions across its splits.</param>
public sealed record CellEvidence(
    Metric Metric,
    IReadOnlyList<double> Values,
    PublishedValue? Published,
    ModeratedVariance? Family = null,
    int? TestImages = null,
    bool Deterministic = false,
    KnownDeviation? Known = null,
    IReadOnlyList<string>? Caveats = null)
{
    /// <summary>For each yes/no question of the AUC the test images whose truth is "yes" and "no"; null where they are not known.</summary>
    public IReadOnlyList<(int Positives, int Negatives)>? Questions { get; init; }

    /// <summary>Answers that an accuracy counts in an image: more than one where several labels can be true.</summary>
    public int AnswersPerImage { get; init; } = 1;

    /// <summary>Of a deterministic method, the answers that small moves of its distances could turn; null where they are not on record.</summary>
    public FragileAnswers? Fragile { get; init; }

    /// <summary>Evidence on <paramref name="key"/>, completed by what is on record: the published number, a listed deviation, the size of the test split, caveats.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="dataset">Its dataset.</param>
    /// <param name="values">One final test value a seed of ours; empty if not run.</param>
    /// <param name="published">All that is published.</param>
    /// <param name="family">The spreads of the cells around it, if any.</param>
    public static CellEvidence For(CellKey key, DatasetCard dataset, IReadOnlyList<double> values, PublishedResults published, ModeratedVariance? family = null)
    {
        string[] ofPaper = [.. published.Papers.Where(p => p.Name == key.Paper && p.Caveat.Length > 0).Select(p => $"{p.Name}: {p.Caveat}")];
        return new CellEvidence(
            key.Metric, values, published.Find(key), family, dataset.Splits.Test, key.Method == MethodName.Knn,
            published.Deviation(key), [.. ofPaper, .. dataset.Caveats.Select(c => $"{dataset.Title}: {c}")])
        {
            AnswersPerImage = dataset.LabelWidth,
        };
    }
}
