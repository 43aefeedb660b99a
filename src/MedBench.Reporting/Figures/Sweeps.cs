using System.Globalization;
using System.Text.RegularExpressions;
using MedBench.Core.Errors;
using MedBench.Models.Catalog;
using MedBench.Reporting.Model;
using MedBench.Training.Recipes;

namespace MedBench.Reporting.Figures;

/// <summary>Finds the sweeps among the cells: what differs is written in the cell's variant.</summary>
internal static partial class Sweeps
{
    private static readonly string[] s_resizes = ["scale", "pad-before-normalize", "pad-after-normalize"];

    /// <summary>Metric against encoder learning rate: a figure a dataset and method, a curve a model.</summary>
    internal static IEnumerable<Figure> LearningRates(IReadOnlyList<ReportedCell> cells) =>
        Figures(cells, "rate", "encoder learning rate", logarithmic: true, c => Rate(c) is { } rate && Rest(c, part => Rates().IsMatch(part)) is { } rest
            ? new SweepPoint(Named(c, rest), rate, rate.ToString("0.###e-0", CultureInfo.InvariantCulture), c) : null);

    /// <summary>Metric against resolution: a curve a model and way of resizing.</summary>
    internal static IEnumerable<Figure> Resizing(IReadOnlyList<ReportedCell> cells) =>
        Figures(cells, "resize", "resolution of the data file, pixels", logarithmic: true, c => Rest(c, s_resizes.Contains) is { } rest
            ? new SweepPoint($"{Named(c, rest)}, {Parts(c).FirstOrDefault(s_resizes.Contains) ?? "as the recipe resizes"}", c.Cell.Key.Resolution, $"{c.Cell.Key.Resolution}", c) : null);

    /// <summary>Metric against the share of training images.</summary>
    internal static IEnumerable<Figure> DataSizes(IReadOnlyList<ReportedCell> cells) =>
        Figures(cells, "data", "training images used", logarithmic: true, c => Share(c) is { } share && Rest(c, Shares().IsMatch) is { } rest
            ? new SweepPoint(Named(c, rest), share, $"{100 * share:0.###} %", c) : null)
        .Concat(Figures(cells, "shots", "training images of each class", logarithmic: true, c => Parts(c).FirstOrDefault(Shots().IsMatch) is { } shots && Rest(c, Shots().IsMatch) is { } rest
            ? new SweepPoint(Named(c, rest), double.Parse(shots[..^5], CultureInfo.InvariantCulture), shots[..^5], c) : null));

    private static IEnumerable<Figure> Figures(IReadOnlyList<ReportedCell> cells, string kind, string setting, bool logarithmic, Func<ReportedCell, SweepPoint?> point) =>
        from g in cells.Where(c => c.IsRun).GroupBy(c => (c.Cell.Key.Paper, c.Cell.Key.Dataset, c.Cell.Key.Method, c.Cell.Key.Metric, Size: kind == "resize" ? 0 : c.Cell.Key.Resolution))
        let id = Labels.Slug(kind, g.Key.Paper, g.Key.Dataset, g.Key.Method, g.Key.Size == 0 ? "" : $"{g.Key.Size}", g.Key.Metric)
        let title = $"{Labels.Dataset(g.Key.Dataset)}, {g.Key.Method}, {Labels.Metric(g.Key.Metric)}: {setting}"
        let figure = SweepCurve.Draw(id, title, setting, [.. g.Select(point).OfType<SweepPoint>()], logarithmic)
        where figure is not null
        select figure;

    private static string[] Parts(ReportedCell cell) => cell.Cell.Key.Variant.Split('+', StringSplitOptions.RemoveEmptyEntries);

    // The variant without the swept part; null if two parts are swept at once.
    private static string? Rest(ReportedCell cell, Func<string, bool> swept)
    {
        var rest = Parts(cell).Where(p => !swept(p)).ToList();
        return rest.Any(p => Rates().IsMatch(p) || Shares().IsMatch(p) || Shots().IsMatch(p) || s_resizes.Contains(p)) ? null : string.Join(", ", rest);
    }

    private static string Named(ReportedCell cell, string rest) => rest.Length > 0 ? $"{cell.Cell.Key.Model}, {rest}" : cell.Cell.Key.Model;

    // Of the variant; without one, the recipe's own.
    private static double? Rate(ReportedCell cell)
    {
        if (Parts(cell).FirstOrDefault(p => Rates().IsMatch(p)) is { } part) return double.Parse(part[3..], CultureInfo.InvariantCulture);
        try
        {
            var key = cell.Cell.Key;
            return RecipeCatalog.Find(key.Paper)?.Methods.GetValueOrDefault(key.Method)?.Encoder?.RateFor(ModelCatalog.Get(key.Model).Kind);
        }
        catch (MedBenchException)
        {
            return null;
        }
    }

    private static double? Share(ReportedCell cell) => Parts(cell).FirstOrDefault(Shares().IsMatch) is { } part
        ? double.Parse(part[..^1], CultureInfo.InvariantCulture) / 100
        : Parts(cell).Any(Shots().IsMatch) ? null : 1;

    [GeneratedRegex(@"^lr-[0-9.]+e-?\d+\z")]
    private static partial Regex Rates();

    [GeneratedRegex(@"^[0-9.]+%\z")]
    private static partial Regex Shares();

    [GeneratedRegex(@"^\d+-shot\z")]
    private static partial Regex Shots();
}
