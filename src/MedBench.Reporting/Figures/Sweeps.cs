using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Models.Catalog;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Training.Recipes;

namespace MedBench.Reporting.Figures;

/// <summary>Finds the sweeps among the cells: what differs is in the cell's variant.</summary>
internal static class Sweeps
{
    /// <summary>Metric against encoder learning rate: a figure a dataset and method, a curve a model.</summary>
    internal static IEnumerable<Figure> LearningRates(IReadOnlyList<ReportedCell> cells) =>
        Figures(cells, "rate", "encoder learning rate", c => Rate(c) is { } rate && Named(c, v => v with { EncoderRate = null }) is { } name
            ? new SweepPoint(name, rate, CellVariant.RateText(rate), c) : null);

    /// <summary>Metric against resolution: a curve a model and way of resizing.</summary>
    internal static IEnumerable<Figure> Resizing(IReadOnlyList<ReportedCell> cells) =>
        Figures(cells, "resize", "resolution of the data file, pixels", c => Named(c, v => v with { Resize = null }) is { } name
            ? new SweepPoint($"{name}, {c.Cell.Key.Variant.Resize?.Name() ?? "as the recipe resizes"}", c.Cell.Key.Resolution, $"{c.Cell.Key.Resolution}", c) : null);

    /// <summary>Metric against the share of training images.</summary>
    internal static IEnumerable<Figure> DataSizes(IReadOnlyList<ReportedCell> cells) =>
        Figures(cells, "data", "training images used", c => Share(c) is { } share && Named(c, v => v with { Subset = null }) is { } name
            ? new SweepPoint(name, share, string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.###} %"), c) : null)
        .Concat(Figures(cells, "shots", "training images of each class", c => c.Cell.Key.Variant.Subset?.PerClass is { } shots && Named(c, v => v with { Subset = null }) is { } name
            ? new SweepPoint(name, shots, $"{shots}", c) : null));

    private static IEnumerable<Figure> Figures(IReadOnlyList<ReportedCell> cells, string kind, string setting, Func<ReportedCell, SweepPoint?> point) =>
        from g in cells.Where(c => c.IsRun).GroupBy(c => (c.Cell.Key.Paper, c.Cell.Key.Dataset, c.Cell.Key.Method, c.Cell.Key.Metric, Size: kind == "resize" ? 0 : c.Cell.Key.Resolution))
        let id = Labels.Slug(kind, g.Key.Paper, g.Key.Dataset, g.Key.Method, g.Key.Size == 0 ? "" : $"{g.Key.Size}", g.Key.Metric.Name())
        let title = $"{Labels.Dataset(g.First().Cell.Dataset)}, {g.Key.Method}, {Labels.Metric(g.Key.Metric)}: {setting}"
        let figure = SweepCurve.Draw(id, title, setting, [.. g.Select(point).OfType<SweepPoint>()], logarithmic: true)
        where figure is not null
        select figure;

    // The model, with what its variant says besides the swept part; null if two parts are swept at once.
    private static string? Named(ReportedCell cell, Func<CellVariant, CellVariant> without)
    {
        var rest = without(cell.Cell.Key.Variant);
        if (rest is not { EncoderRate: null, Subset: null, Resize: null }) return null;
        return rest == CellVariant.Plain ? cell.Cell.Key.Model : $"{cell.Cell.Key.Model}, {rest.ToString().Replace("+", ", ")}";
    }

    // Of the variant; without one, the recipe's own.
    private static double? Rate(ReportedCell cell)
    {
        var key = cell.Cell.Key;
        if (key.Variant.EncoderRate is { } rate) return rate;
        try
        {
            return RecipeCatalog.Find(key.Paper)?.Methods.GetValueOrDefault(new MethodName(key.Method, key.Variant.Method).ToString())?.Encoder?.RateFor(ModelCatalog.Get(key.Model).Kind);
        }
        catch (MedBenchException)
        {
            return null;
        }
    }

    private static double? Share(ReportedCell cell) => cell.Cell.Key.Variant.Subset is { } subset ? subset.Ratio : 1;
}
