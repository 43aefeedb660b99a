using System.Buffers;
using System.ComponentModel;
using System.IO.Enumeration;
using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>Chooses cells. Each key holds a pattern, with <c>*</c> for any text and <c>|</c> between alternatives; a key that is left out accepts all.</summary>
public sealed record CellSelector
{
    /// <summary>How an empty variant is written: the paper's plain cell.</summary>
    public const string Plain = "plain";

    // Between alternatives, and those of MatchesSimpleExpression.
    private static readonly SearchValues<char> s_signs = SearchValues.Create("|*?\\");

    /// <summary>For example <c>dermamnist</c>.</summary>
    [Description("Datasets, for example dermamnist.")]
    public string? Dataset { get; init; }

    /// <summary>For example <c>end-to-end</c>, without its variant.</summary>
    [Description("Methods without their variants, for example end-to-end.")]
    public string? Method { get; init; }

    /// <summary>Our names.</summary>
    [Description("Models by our names.")]
    public string? Model { get; init; }

    /// <summary><c>cnn</c> or <c>vit</c>, by <c>models.csv</c>.</summary>
    [Description("cnn or vit, by models.csv.")]
    public string? Kind { get; init; }

    /// <summary>Pixels of the data file.</summary>
    [Description("Pixels of the data file.")]
    public string? Size { get; init; }

    /// <summary><c>acc</c> or <c>auc</c>.</summary>
    [Description("acc or auc.")]
    public string? Metric { get; init; }

    /// <summary>What sets a cell apart; <see cref="Plain"/> for nothing.</summary>
    [Description("What sets a cell apart, for example lr-1e-5; 'plain' for nothing.")]
    public string? Variant { get; init; }

    /// <summary>What stands for a group of several cells.</summary>
    [Description("What stands for a group of several cells: mean (default) or best.")]
    public Take Take { get; init; }

    /// <summary>These conditions, with those that <paramref name="other"/> names in place of them.</summary>
    public CellSelector With(CellSelector? other) => other is null ? this : new CellSelector
    {
        Dataset = other.Dataset ?? Dataset,
        Method = other.Method ?? Method,
        Model = other.Model ?? Model,
        Kind = other.Kind ?? Kind,
        Size = other.Size ?? Size,
        Metric = other.Metric ?? Metric,
        Variant = other.Variant ?? Variant,
        Take = other.Take,
    };

    /// <summary>Whether a cell is chosen.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="kind">Kind of its model.</param>
    public bool Accepts(CellKey key, string kind) =>
        Matches(Dataset, key.Dataset) && Matches(Method, key.Method) && Matches(Model, key.Model) && Matches(Kind, kind)
        && (Size is null || Matches(Size, $"{key.Resolution}")) && Matches(Metric, key.Metric.Name())
        && (Variant is null || Matches(Variant, key.Variant == CellVariant.Plain ? Plain : key.Variant.ToString()));

    /// <summary>The conditions in words: "end-to-end, vit, 224 px".</summary>
    public override string ToString() => string.Join(", ", ((string?[])[
        Take == Take.Best ? "best of" : null, Dataset, Method, Model, Kind, Size is null ? null : $"{Size} px", Metric, Variant]).Where(part => part is not null));

    /// <summary>The first of its patterns that no name matches, with the property that it stands in; null if there is none. Variants are free.</summary>
    /// <param name="published">Models and their kinds.</param>
    internal (string Property, MedBenchException Error)? Unknown(PublishedResults published)
    {
        // Most selectors say little: what they leave open is not listed.
        (string Property, string? Patterns, Func<IEnumerable<string>> Known)[] all =
        [
            ("dataset", Dataset, () => DatasetCatalog.KnownNames),
            ("method", Method, () => published.Methods),
            ("model", Model, () => published.Models.Select(m => m.Model)),
            ("kind", Kind, () => published.Models.Select(m => m.Kind)),
            ("size", Size, () => DatasetCatalog.All.SelectMany(d => d.Files.Keys).Order().Select(size => $"{size}")),
            ("metric", Metric, Kebab.Names<Metric>),
        ];
        foreach (var (property, patterns, names) in all)
        {
            if (patterns is null)
                continue;
            string[] known = [.. names().Distinct()];
            if (Patterns(patterns).FirstOrDefault(p => !known.Any(name => FileSystemName.MatchesSimpleExpression(p, name))) is { } unknown)
                return (property, Names.Unknown(property, unknown, known));
        }
        return null;
    }

    private static string[] Patterns(string text) => text.Split('|', StringSplitOptions.TrimEntries);

    // Asked for every cell of every claim, mostly with a plain name.
    private static bool Matches(string? patterns, string value) =>
        patterns is null || (patterns.AsSpan().IndexOfAny(s_signs) < 0
            ? patterns.AsSpan().Trim().Equals(value, StringComparison.OrdinalIgnoreCase)
            : Patterns(patterns).Any(p => FileSystemName.MatchesSimpleExpression(p, value)));
}
