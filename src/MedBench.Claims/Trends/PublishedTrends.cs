using MedBench.Claims.Expected;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;

namespace MedBench.Claims.Trends;

/// <summary>Trend claims tested on a published table instead of runs of ours: does one paper's claim hold on another's numbers?</summary>
/// <param name="published">All that is published.</param>
/// <param name="paper">Whose table.</param>
/// <param name="rules">The rules.</param>
public sealed class PublishedTrends(PublishedResults published, string paper, VerdictRules rules)
{
    private readonly ILookup<string, PublishedValue> byDataset = published.Values.Where(v => v.Key.Paper == paper).ToLookup(v => v.Key.Dataset);

    /// <summary>"ViTs beat CNNs on average": the mean over the paper's ViTs against that over its CNNs, dataset by dataset.</summary>
    public TrendVerdict VitsBeatCnns(string method, int resolution, string metric)
    {
        var kinds = published.Models.Where(m => m.Paper == paper).ToDictionary(m => m.Model, m => m.Kind);
        return Compare($"ViTs beat CNNs ({paper}, {method}, {resolution} px, {metric})", kind => v =>
            kinds[v.Key.Model] == kind && v.Key.Method == method && v.Key.Resolution == resolution && v.Key.Metric == metric, "vit", "cnn");
    }

    /// <summary>"The first method beats the second": means over all models, dataset by dataset.</summary>
    public TrendVerdict MethodBeats(string first, string second, int resolution, string metric) =>
        Compare($"{first} beats {second} ({paper}, {resolution} px, {metric})", method => v =>
            v.Key.Method == method && v.Key.Resolution == resolution && v.Key.Metric == metric, first, second);

    /// <summary>"The metric grows with the resolution": means over all models at each resolution, dataset by dataset.</summary>
    public TrendVerdict GrowsWithResolution(string method, string metric)
    {
        int[] resolutions = [.. published.Values.Where(v => v.Key.Paper == paper).Select(v => v.Key.Resolution).Distinct().Order()];
        double?[][] rows = [.. byDataset.Select(d => resolutions.Select(r => Mean(d, v => v.Key.Method == method && v.Key.Metric == metric && v.Key.Resolution == r)).ToArray())];
        double[][] complete = [.. rows.Where(row => row.All(v => v is not null)).Select(row => row.Select(v => v!.Value).ToArray())];
        return TrendClaims.Ordered($"{metric} grows with the resolution ({paper}, {method}, {string.Join(" < ", resolutions)} px)", complete, rules);
    }

    private TrendVerdict Compare(string claim, Func<string, Func<PublishedValue, bool>> select, string first, string second)
    {
        var pairs = byDataset.Select(d => (First: Mean(d, select(first)), Second: Mean(d, select(second))));
        return TrendClaims.Paired(claim, [.. pairs.Where(p => p is { First: not null, Second: not null }).Select(p => new PairedCell([p.First!.Value], [p.Second!.Value]))], rules);
    }

    private static double? Mean(IEnumerable<PublishedValue> values, Func<PublishedValue, bool> which) =>
        values.Where(which).Select(v => (double?)v.Mean).Average();
}
