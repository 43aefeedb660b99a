using MedBench.Reporting.Model;
using MedBench.Runs.Cells;

namespace MedBench.Reporting.Building;

/// <summary>The one order of cells: by paper, dataset, method, model, resolution as a number, metric and variant.</summary>
internal static class CellOrder
{
    internal static IEnumerable<ReportedCell> Sorted(IEnumerable<ReportedCell> cells) => cells
        .OrderBy(c => c.Cell.Key, Comparer<CellKey>.Create(Compare));

    private static int Compare(CellKey a, CellKey b)
    {
        (string, string)[] texts = [(a.Paper, b.Paper), (a.Dataset, b.Dataset), (a.Method, b.Method), (a.Model, b.Model)];
        int order = texts.Select(t => string.CompareOrdinal(t.Item1, t.Item2)).FirstOrDefault(o => o != 0);
        if (order == 0) order = a.Resolution.CompareTo(b.Resolution);
        if (order == 0) order = a.Metric.CompareTo(b.Metric);
        return order == 0 ? string.CompareOrdinal(a.Variant.ToString(), b.Variant.ToString()) : order;
    }
}
