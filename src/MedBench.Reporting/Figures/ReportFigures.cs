using MedBench.Claims.Published;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;

namespace MedBench.Reporting.Figures;

/// <summary>All figures of a report.</summary>
/// <param name="published">Tells CNNs from ViTs.</param>
/// <param name="details">Cells that get figures of their own (curves, confusion, ROC, reliability, images), the most telling first.</param>
public sealed class ReportFigures(PublishedResults published, int details = 24)
{
    /// <summary>Draws everything that the report has data for.</summary>
    public IReadOnlyList<FigureGroup> Draw(BenchmarkReport report)
    {
        var groups = new List<FigureGroup>();
        groups.AddRange(Forests(report));
        Add(groups, "gaps", "Gap by model and dataset", HeatMaps(report));
        Add(groups, "kinds", "CNNs and ViTs", Kinds(report));
        Add(groups, "learning-rates", "Learning rate", Sweeps.LearningRates(report.Cells));
        Add(groups, "resizing", "Resolution and resizing", Sweeps.Resizing(report.Cells));
        Add(groups, "data-sizes", "Amount of training data", Sweeps.DataSizes(report.Cells));
        if (MarginCurve.Draw(report.Margins, report.Rules) is { } margins) groups.Add(new FigureGroup("margins", "Sensitivity to the margin", [margins], IsOpen: true));
        groups.AddRange(new CellDetails(report, details).Groups());
        return groups;
    }

    private static IEnumerable<FigureGroup> Forests(BenchmarkReport report)
    {
        var datasets = report.Cells.GroupBy(c => (c.Cell.Key.Paper, c.Cell.Key.Dataset)).Where(g => g.Any(c => c.IsRun)).ToList();
        return datasets.Select((dataset, i) => new FigureGroup(
            Labels.Slug("published", dataset.Key.Paper, dataset.Key.Dataset),
            $"{Labels.Dataset(dataset.First().Cell.Dataset)}: published and reproduced{(report.Papers.Count > 1 ? $" ({dataset.Key.Paper})" : "")}",
            [.. dataset.GroupBy(c => (c.Cell.Key.Method, c.Cell.Key.Metric)).Where(g => g.Any(c => c.IsRun)).Select(g => ForestPlot.Draw([.. g]))],
            IsOpen: i == 0));
    }

    private static IEnumerable<Figure> HeatMaps(BenchmarkReport report) => report.Cells
        .GroupBy(c => (c.Cell.Key.Paper, c.Cell.Key.Method, c.Cell.Key.Resolution, c.Cell.Key.Metric))
        .Where(g => g.Count(c => c.Cell.Verdict.Gap is not null) > 1)
        .Select(g => GapHeatMap.Draw([.. g]));

    private IEnumerable<Figure> Kinds(BenchmarkReport report)
    {
        var kinds = published.Models.DistinctBy(m => m.Model).ToDictionary(m => m.Model, m => m.Kind);
        foreach (var group in report.Cells.GroupBy(c => (c.Cell.Key.Paper, c.Cell.Key.Method, c.Cell.Key.Resolution, c.Cell.Key.Metric)))
        {
            ReportedCell[] cells = [.. group];
            if (KindPairs.Draw(cells, kinds, printed: false) is { } ours) yield return ours;
            // Where nothing was run, the printed table is at least known.
            else if (group.Key is { Resolution: 224, Metric: Metric.Acc } && KindPairs.Draw(cells, kinds, printed: true) is { } printed) yield return printed;
        }
    }

    private static void Add(List<FigureGroup> groups, string id, string title, IEnumerable<Figure> figures)
    {
        Figure[] all = [.. figures];
        if (all.Length > 0) groups.Add(new FigureGroup(id, title, all, IsOpen: all.Length <= 2));
    }
}
