using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;

namespace MedBench.Reporting.Figures;

/// <summary>The scores of cells on all test images, on those without a twin in training and on those with one. Context: no verdict rests on it.</summary>
/// <param name="Notes">What was compared, a dataset each; and how the table is to be read.</param>
/// <param name="Columns">Headings; scores are percentages, differences points. The last one only where methods change places.</param>
/// <param name="Rows">A row a configuration, as wide as the headings.</param>
internal sealed record TwinTable(IReadOnlyList<string> Notes, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Heading of the table.</summary>
    internal const string Title = "With and without twins";

    private static readonly Metric[] s_metrics = [Metric.Acc, Metric.Auc];

    /// <summary>The table; null where no cell was run on a dataset with an audit.</summary>
    internal static TwinTable? Of(BenchmarkReport report)
    {
        var audited = report.Cells.Where(c => c.Scores?.TwinFree is not null).ToList();
        if (audited.Count == 0) return null;
        var (compared, changes) = OrderChange.Among(audited);
        string[] notes =
        [
            .. audited.GroupBy(c => c.Cell.Key.Dataset).Select(g => $"{Labels.Dataset(g.First().Cell.Dataset)}: {g.First().Scores!.TwinFree!.Words()}."),
            "A twin is the same frame, or the one next to it. Context: every verdict on this page is on all test images, as printed. Means over runs of the selected weights; the difference is with minus without, in points, with its 95 % interval by bootstrap over images, stratified by class and twin. Images with a twin are another mix of classes and of cases than the rest, so it is not the twins' doing alone.",
            .. compared == 0 ? (string[])[] : [$"{changes.Count} of {Show.Count(compared, "comparison")} between methods of one encoder {(changes.Count == 1 ? "changes" : "change")} sign without the twins (means alone; nothing is tested)."],
        ];
        string[] columns =
        [
            "paper", "dataset", "method", "model", "px", "variant", "runs",
            .. s_metrics.Select(Labels.Metric).SelectMany(m => (string[])[$"{m} % on all", $"{m} % without", $"{m} % with", $"{m} difference"]), .. changes.Count > 0 ? (string[])["order of methods"] : [],
        ];
        return new TwinTable(notes, columns, [.. audited.Where(c => c.Twins is not null).GroupBy(c => c.Cell.Key with { Metric = default }).Select(g => Row(g.Key, [.. g], changes))]);
    }

    private static string[] Row(CellKey key, ReportedCell[] cells, IReadOnlyList<OrderChange> changes) =>
    [
        key.Paper, Labels.Dataset(cells[0].Cell.Dataset), key.Method, key.Model, $"{key.Resolution}", key.Variant.ToString(), $"{cells[0].Scores!.Runs}",
        .. s_metrics.SelectMany(m => Scores(cells.FirstOrDefault(c => c.Cell.Key.Metric == m))),
        .. changes.Count > 0 ? (string[])[string.Join("; ", cells.SelectMany(c => Order(c, changes)))] : [],
    ];

    private static string[] Scores(ReportedCell? cell)
    {
        static string Percent(double? value) => value is { } v ? Show.Points(v) : "";
        return cell?.Twins is not { } twins ? ["", "", "", ""]
            : [Percent(cell.Cell.Verdict.Ours?.Mean), Percent(twins.Without), Percent(twins.With), twins.Difference is { } d ? $"{Show.SignedPoints(d.Value)} ({Show.SignedPoints(d.Interval.Low)} to {Show.SignedPoints(d.Interval.High)})" : ""];
    }

    private static IEnumerable<string> Order(ReportedCell cell, IReadOnlyList<OrderChange> changes) =>
        changes.Where(c => c.Ahead == cell).Select(c => $"{Labels.Metric(cell.Cell.Key.Metric)}: ahead of {OrderChange.MethodOf(c.Behind)} on all, behind without")
            .Concat(changes.Where(c => c.Behind == cell).Select(c => $"{Labels.Metric(cell.Cell.Key.Metric)}: behind {OrderChange.MethodOf(c.Ahead)} on all, ahead without"));
}
