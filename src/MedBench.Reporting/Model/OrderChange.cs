using MedBench.Runs.Cells;
using MedBench.Training.Recipes;

namespace MedBench.Reporting.Model;

/// <summary>Two methods of one encoder that change places when the test images with a twin in training are left out. An order of means: nothing is tested.</summary>
/// <param name="Ahead">Better on all test images.</param>
/// <param name="Behind">Better on those without a twin.</param>
public sealed record OrderChange(ReportedCell Ahead, ReportedCell Behind)
{
    /// <summary>How the method of a cell is called, with its variant.</summary>
    public static string MethodOf(ReportedCell cell) => new MethodName(cell.Cell.Key.Method, cell.Cell.Key.Variant.Method).ToString();

    /// <summary>All pairs of cells that differ in the method alone, and those of them that change places.</summary>
    /// <param name="cells">Cells; those without twins are passed over.</param>
    public static (int Compared, IReadOnlyList<OrderChange> Changes) Among(IEnumerable<ReportedCell> cells)
    {
        var pairs = (from same in cells.Where(c => c.Twins?.Without is not null && c.Cell.Verdict.Ours is not null).GroupBy(WithoutMethod)
                     from first in same.Index()
                     from second in same.Skip(first.Index + 1)
                     select (First: first.Item, Second: second)).ToList();
        return (pairs.Count, [.. from pair in pairs
                                 let onAll = Math.Sign(All(pair.First) - All(pair.Second))
                                 where onAll * Math.Sign(Without(pair.First) - Without(pair.Second)) < 0
                                 select onAll > 0 ? new OrderChange(pair.First, pair.Second) : new OrderChange(pair.Second, pair.First)]);
    }

    private static CellKey WithoutMethod(ReportedCell cell) => cell.Cell.Key with { Method = "", Variant = cell.Cell.Key.Variant with { Method = null } };

    private static double All(ReportedCell cell) => cell.Cell.Verdict.Ours!.Mean;

    private static double Without(ReportedCell cell) => cell.Twins!.Without!.Value;
}
