using MedBench.Reporting.Model;

namespace MedBench.Reporting.Building;

/// <summary>What is true of a report as a whole.</summary>
internal static class ReportMarks
{
    internal static IEnumerable<Mark> Of(IReadOnlyList<ReportedCell> cells, IReadOnlyList<GridCoverage> coverage)
    {
        var run = cells.Where(c => c.IsRun).ToList();
        int synthetic = run.Count(c => c.Has(MarkKind.Synthetic));
        if (synthetic > 0)
            yield return new Mark(MarkKind.Synthetic, synthetic == run.Count
                ? "Every image behind this page is generated. It shows how the program works and is evidence for no paper."
                : $"{synthetic} of {run.Count} cells run are on generated images and are evidence for no paper; they are marked.");
        foreach (var paper in coverage.Where(c => c.IsPartial))
            yield return new Mark(MarkKind.PartialGrid, $"Partial grid: {paper.CellsRun} of the {paper.Cells} cells of {paper.Paper} were run ({100 * paper.Share:0.0} %).");
        int changed = run.Count(c => c.Has(MarkKind.ChangedProtocol) || c.Has(MarkKind.OtherWeights));
        if (changed > 0)
            yield return new Mark(MarkKind.ChangedProtocol, $"{changed} of {run.Count} cells run differ from the paper's own protocol; each says how.");
        int few = run.Count(c => c.Has(MarkKind.FewSeeds));
        if (few > 0)
            yield return new Mark(MarkKind.FewSeeds, $"{few} of {run.Count} cells run have fewer seeds than their protocol asks for.");
    }
}
