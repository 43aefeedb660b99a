using MedBench.Claims.Verdicts;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Claims.Scoring;

/// <summary>Reads the predictions of a cell's runs once: its metrics rest on the same runs.</summary>
/// <param name="book">Level of the intervals.</param>
/// <param name="stored">Runs with their files.</param>
public sealed class CellScoresReader(Book book, IReadOnlyList<StoredRun> stored)
{
    private readonly Dictionary<string, CellScores?> _known = [];

    /// <summary>Of the selected weights; null where no predictions are at hand, or the dataset has no card.</summary>
    /// <param name="cell">A judged cell.</param>
    public CellScores? Of(JudgedCell cell)
    {
        if (DatasetCatalog.Find(cell.Key.Dataset) is not { } dataset) return null;
        string key = string.Join(' ', cell.Seeds.Select(s => s.RunId));
        if (!_known.TryGetValue(key, out var scores))
            _known[key] = scores = CellScores.Of(dataset, cell.Seeds.Select(s => s.RunId).ToHashSet(), TestedWeights.Selected, stored, 1 - book.Rules.Alpha);
        return scores;
    }
}
