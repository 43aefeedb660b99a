
namespace MedBench.Runs.Cells;

/// <summary>What a published number is about.</summary>
/// <param name="Paper">For example <c>doerrich2025</c>.</param>
/// <param name="Dataset">For example <c>breastmnist</c>.</param>
/// <param name="Method"><c>end-to-end</c>, <c>linear-probing</c>, <c>knn</c>, <c>from-scratch</c> or <c>automl</c>.</param>
/// <param name="Model">Our name, for example <c>resnet18.a1_in1k</c>.</param>
/// <param name="Resolution">Pixels of the data file: 28, 64, 128 or 224.</param>
/// <param name="Metric"><c>acc</c> or <c>auc</c>.</param>
/// <param name="Variant">What else sets it apart; empty for the plain cell.</param>
public sealed record CellKey(string Paper, string Dataset, string Method, string Model, int Resolution, string Metric, string Variant = "")
{
    private const string LastEpoch = "last-epoch";

    /// <summary>
    /// <see cref="ToString"/> in <c>[a-z0-9/.-]</c> only, which <c>dotnet test --filter</c> takes without quoting: <c>%</c> becomes <c>pct</c>, any other character <c>-</c>.
    /// </summary>
    public string Id => string.Concat(ToString().ToLowerInvariant().Replace("%", "pct", StringComparison.Ordinal).Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '.' or '-' ? c : '-'));

    /// <summary>The cell without the mark of the last epoch's weights, which papers do not print.</summary>
    public CellKey WithSelectedWeights() => this with { Variant = string.Join('+', Variant.Split('+').Where(part => part != LastEpoch)) };

    /// <summary>The same cell with the last epoch's weights.</summary>
    public CellKey WithLastEpoch() => With(LastEpoch);

    /// <summary>Whether it is a cell with the last epoch's weights.</summary>
    public bool IsOfLastEpoch() => Variant.Split('+')[^1] == LastEpoch;

    /// <summary>The same cell, set apart by one thing more.</summary>
    public CellKey With(string variant) => this with { Variant = Variant.Length == 0 ? variant : $"{Variant}+{variant}" };

    /// <summary>One line without spaces.</summary>
    public override string ToString() =>
        string.Join('/', ((string[])[Paper, Dataset, Method, Model, $"{Resolution}", Metric, Variant]).Where(part => part.Length > 0));
}
