using MedBench.Core.Text;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Figures;

/// <summary>The numbers of a cell with where they come from.</summary>
internal static class Numbers
{
    /// <summary>Mean, seeds and published number.</summary>
    internal static IReadOnlyList<SourcedNumber> Of(ReportedCell cell) =>
    [
        .. cell.Cell.Verdict.Ours is { } ours ? (SourcedNumber[])[new(ours.Mean, NumberOrigin.Mean, Measure(cell), [.. cell.Cell.Seeds.Select(s => s.RunId)])] : [],
        .. cell.Cell.Seeds.Select(s => new SourcedNumber(s.Value, NumberOrigin.Run, Measure(cell), [s.RunId])),
        .. cell.Cell.Published is { } published ? (SourcedNumber[])[new(published.Mean, NumberOrigin.Published, published.Key.ToString(), [])] : [],
    ];

    /// <summary>Name in the runs' records of what the cell measures: <c>test/acc</c>.</summary>
    internal static string Measure(ReportedCell cell) =>
        $"{cell.Cell.Key.Variant.Weights.Name()}/{cell.Cell.Key.Metric.Name()}";
}
