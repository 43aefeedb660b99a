using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Cells;
using MedBench.Runs.Papers;
using MedBench.Runs.Store;

namespace MedBench.Claims.Verdicts;

/// <summary>The rules by which numbers become verdicts: a file committed before the runs, <c>expected-results/rules.json</c>.</summary>
public sealed record VerdictRules
{
    /// <summary>Version, raised with every change.</summary>
    [JsonPropertyName("rules")]
    public required int Version { get; init; }

    /// <summary>Significance level of every test, in (0, 0.5).</summary>
    public required double Alpha { get; init; }

    /// <summary>By metric: the largest difference that still counts as the same result.</summary>
    public required IReadOnlyDictionary<Metric, MarginRule> Margins { get; init; }

    /// <summary>Power with which a shift counts as one that would have been noticed, and for which seeds are advised; above alpha, below 1.</summary>
    public required double Power { get; init; }

    /// <summary>Relative move of a distance between neighbours that another precision may cause; above 0, at most <see cref="FragileAnswers.UpTo"/>.</summary>
    public required double NeighbourMove { get; init; }

    /// <summary>Fewest pairs for a trend claim; below 6 no two-sided signed-rank test can reach 0.05.</summary>
    public required int MinimumPairs { get; init; }

    /// <summary>Effects that claims name, by name and metric, as fractions.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<Metric, double>> Effects { get; init; } = new Dictionary<string, IReadOnlyDictionary<Metric, double>>();

    /// <summary>Settings of the bootstrap.</summary>
    public required BootstrapRule Bootstrap { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex: stored with every verdict.</summary>
    [JsonIgnore]
    public string Hash { get; private init; } = "";

    /// <summary>Reads <c>rules.json</c> of a folder like <c>expected-results</c>; null for the built-in copy.</summary>
    /// <exception cref="MedBenchException">A key is missing or unknown, or a value is out of range.</exception>
    public static VerdictRules Load(string? folder = null)
    {
        const string Name = "rules.json";
        var files = ExpectedFiles.Open(folder);
        // A folder without rules is judged by those of this program.
        if (!files.Paths.Contains(Name)) files = ExpectedFiles.Open();
        byte[] bytes = files.Bytes(Name);
        var rules = StrictJson.Read<VerdictRules>(bytes, files.Display(Name)) with { Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        rules.Check(files.Display(Name));
        return rules;
    }

    /// <summary>The margin for a cell: the rule's, but not below one test image where that is known (accuracy moves in such steps).</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="testImages">Images in the test split; null if unknown.</param>
    public double Margin(Metric metric, int? testImages) =>
        metric == Metric.Acc && testImages is { } images ? Math.Max(Margins[metric].Value, 1.0 / images) : Margins[metric].Value;

    /// <summary>A named effect, a fraction.</summary>
    /// <param name="name">For example <c>few-shot</c>.</param>
    /// <param name="metric">What is measured.</param>
    /// <exception cref="MedBenchException">The rules do not name it, or not for that metric.</exception>
    public double Effect(string name, Metric metric) =>
        (Effects.TryGetValue(name, out var byMetric) ? byMetric : throw Names.Unknown("effect", name, [.. Effects.Keys])).TryGetValue(metric, out double effect)
            ? effect : throw Names.Unknown("metric", metric.Name(), [.. byMetric.Keys.Select(m => m.Name())]);

    /// <summary>These rules with one margin for all metrics, for the sensitivity curve.</summary>
    internal VerdictRules WithMargin(double margin) =>
        this with { Margins = Margins.ToDictionary(m => m.Key, m => m.Value with { Value = margin }) };

    private void Check(string file)
    {
        void Require(bool holds, string key, string range)
        {
            if (!holds)
                throw new MedBenchException($"{file}: '{key}' is out of range", $"make it {range}");
        }
        Require(Version >= 1, "rules", "a version of at least 1");
        Require(Alpha is > 0 and < 0.5, "alpha", "above 0 and below 0.5");
        Require(Power > Alpha && Power < 1, "power", "above alpha and below 1");
        Require(NeighbourMove > 0 && NeighbourMove <= FragileAnswers.UpTo, "neighbourMove", string.Create(CultureInfo.InvariantCulture, $"above 0 and at most {FragileAnswers.UpTo}: larger moves are not on record"));
        Require(MinimumPairs is >= 6 and <= 1000, "minimumPairs", "from 6 to 1000: fewer pairs can never be significant, and no paper has more");
        Require(Limits.Resamples.Holds(Bootstrap.Resamples), "bootstrap.resamples", $"{Limits.Resamples}: {Limits.Resamples.Why}");
        foreach (var metric in Enum.GetValues<Metric>())
        {
            if (!Margins.TryGetValue(metric, out var margin))
                throw new MedBenchException($"{file}: 'margins.{metric.Name()}' is missing", "give every metric a margin");
            Require(margin.Value is > 0 and < 1, $"margins.{metric.Name()}.value", "a fraction above 0 and below 1");
            Require(margin.Origin.Length > 0, $"margins.{metric.Name()}.origin", "a sentence that says where the margin comes from");
        }
    }
}
