using MedBench.Claims.Verdicts;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Claims.Scoring;

/// <summary>Reads the predictions of a cell's runs once: its metrics rest on the same runs.</summary>
/// <param name="book">Level of the intervals.</param>
/// <param name="stored">Runs with their files.</param>
public sealed class CellScoresReader(Book book, IReadOnlyList<StoredRun> stored)
{
    private readonly Dictionary<string, CellScores?> _known = [];

    /// <summary>Of the selected weights; null where no predictions are at hand.</summary>
    /// <param name="cell">A judged cell.</param>
    public CellScores? Of(JudgedCell cell)
    {
        string key = string.Join(' ', cell.Seeds.Select(s => s.RunId));
        if (!_known.TryGetValue(key, out var scores))
            _known[key] = scores = CellScores.Of(cell.Dataset, cell.Seeds.Select(s => s.RunId).ToHashSet(), TestedWeights.Selected, stored, 1 - book.Rules.Alpha);
        return scores;
    }
}
