using System.Text.RegularExpressions;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;

namespace MedBench.Reporting.Figures;

/// <summary>Names as figures and pages write them.</summary>
internal static partial class Labels
{
    /// <summary>A dataset's title without what it shows: "BreastMNIST".</summary>
    internal static string Dataset(DatasetCard card) => card.Title.Split(" (")[0];

    /// <summary>"ACC" or "AUC".</summary>
    internal static string Metric(Metric metric) => metric.ToString().ToUpperInvariant();

    /// <summary>What tells a cell from others of its dataset and metric.</summary>
    internal static string Cell(CellKey key) => $"{key.Model}, {key.Resolution} px{(key.Variant == CellVariant.Plain ? "" : $", {key.Variant}")}";

    /// <summary>The class of an outcome in the style sheet.</summary>
    internal static string Css(VerdictKind kind) => kind.Name();

    /// <summary>A sign beside the colour: nobody needs to see colours to tell outcomes apart.</summary>
    internal static string Sign(VerdictKind kind) => kind switch
    {
        VerdictKind.Reproduced => "●",
        VerdictKind.Deviates or VerdictKind.StaleKnownDeviation => "▲",
        VerdictKind.KnownDeviation => "△",
        VerdictKind.Consistent or VerdictKind.Inconsistent or VerdictKind.Inconclusive => "◐",
        VerdictKind.Unpublished => "○",
        _ => "–",
    };

    /// <summary>Letters, digits and single hyphens, for ids.</summary>
    internal static string Slug(params IEnumerable<string> parts) =>
        Other().Replace(string.Join('-', parts.Where(p => p.Length > 0)).ToLowerInvariant(), "-").Trim('-');

    /// <summary>A text cut to at most <paramref name="length"/> characters.</summary>
    internal static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
