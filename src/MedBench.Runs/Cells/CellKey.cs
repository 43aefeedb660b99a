using MedBench.Core.Text;

namespace MedBench.Runs.Cells;

/// <summary>What a published number is about.</summary>
/// <param name="Paper">For example <c>doerrich2025</c>.</param>
/// <param name="Dataset">For example <c>breastmnist</c>.</param>
/// <param name="Method"><c>end-to-end</c>, <c>linear-probing</c>, <c>knn</c>, <c>from-scratch</c> or <c>automl</c>.</param>
/// <param name="Model">Our name, for example <c>resnet18.a1_in1k</c>.</param>
/// <param name="Resolution">Pixels of the data file: 28, 64, 128 or 224.</param>
/// <param name="Metric">What is measured.</param>
/// <param name="Variant">What else sets it apart.</param>
public sealed record CellKey(string Paper, string Dataset, string Method, string Model, int Resolution, Metric Metric, CellVariant Variant)
{
    /// <summary>A paper's plain cell.</summary>
    public CellKey(string paper, string dataset, string method, string model, int resolution, Metric metric)
        : this(paper, dataset, method, model, resolution, metric, CellVariant.Plain)
    {
    }

    /// <summary>
    /// <see cref="ToString"/> in <c>[a-z0-9/.-]</c> only, which <c>dotnet test --filter</c> takes without quoting: <c>%</c> becomes <c>pct</c>, any other character <c>-</c>.
    /// </summary>
    public string Id => Plainly(ToString());

    /// <summary><see cref="Id"/> without the metric: one for all metrics of a run.</summary>
    public string RunsId() => Plainly(Joined(""));

    /// <summary>The same cell with other tested weights.</summary>
    public CellKey With(TestedWeights weights) => this with { Variant = Variant with { Weights = weights } };

    /// <summary>The same cell from another checkpoint or data file.</summary>
    public CellKey With(int alternative) => this with { Variant = Variant with { Alternative = alternative } };

    /// <summary>One line without spaces.</summary>
    public override string ToString() => Joined(Metric.Name());

    private string Joined(string metric) =>
        string.Join('/', ((string[])[Paper, Dataset, Method, Model, $"{Resolution}", metric, Variant.ToString()]).Where(part => part.Length > 0));

    private static string Plainly(string text) => string.Concat(text.ToLowerInvariant().Replace("%", "pct").Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '.' or '-' ? c : '-'));
}
