using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>The two measures over all pairs of distinct images, and over pairs that cannot be twins.</summary>
internal sealed class TwinSearch
{
    private readonly ImageDataset _dataset;
    private readonly IReadOnlyList<ImageRef> _images;
    private readonly AuditRules _rules;
    private readonly IProgress<AuditStep>? _progress;
    private readonly Fingerprints _fingerprints;
    private readonly float[] _vectors;
    private readonly DetailMeasure _detail;

    public TwinSearch(ImageDataset dataset, IReadOnlyList<ImageRef> images, AuditRules rules, IProgress<AuditStep>? progress)
    {
        (_dataset, _images, _rules, _progress) = (dataset, images, rules, progress);
        progress?.Report(new AuditStep("fingerprints", 0, images.Count));
        _fingerprints = Fingerprints.Learn(dataset, images, rules);
        _vectors = _fingerprints.Of(dataset, images, mirrored: false, PairSearch.Block);
        _detail = new DetailMeasure(dataset, images, rules);
    }

    /// <summary>Pairs of positions whose two measures are those of twins.</summary>
    public IReadOnlyList<(int First, int Second, double Coarse, double Detail)> Twins()
    {
        var candidates = Search("twins", _vectors, upper: true).Where(c => c.Product >= _rules.Twin).ToList();
        double[] details = _detail.Of([.. candidates.Select(c => (_images[c.First], _images[c.Second]))]);
        return [.. candidates.Select((c, i) => (c.First, c.Second, (double)c.Product, details[i])).Where(t => t.Item4 >= _rules.Detail)];
    }

    /// <summary>The same between images and the mirror images of others.</summary>
    public NullSearch Null()
    {
        int count = Math.Min(_images.Count, _rules.Sample);
        int[] chosen = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * _images.Count / count))];
        float[] mirrored = _fingerprints.Of(_dataset, [.. chosen.Select(i => _images[i])], mirrored: true, PairSearch.Block);
        // An image is often like its own mirror image; a pair that comes in both orders counts once.
        var candidates = Search("null", mirrored, upper: false).Select(c => (c.First, Second: chosen[c.Second], c.Product))
            .Where(c => c.First != c.Second).GroupBy(c => (Math.Min(c.First, c.Second), Math.Max(c.First, c.Second))).Select(g => g.First()).ToList();
        var high = candidates.Where(c => c.Product >= _rules.Twin).ToList();
        int twins = _detail.Of([.. high.Select(c => (_images[c.First], _images[c.Second]))], mirrored: true).Count(d => d >= _rules.Detail);
        long all = (long)_images.Count * (_images.Count - 1) / 2, compared = (long)count * (_images.Count - 1) - (long)count * (count - 1) / 2;
        double highest = candidates.Count > 0 ? candidates.Max(c => c.Product) : 0;
        return new NullSearch(compared, candidates.Count, twins, Math.Round(highest, 4), Math.Round(twins * (double)all / Math.Max(1, compared), 2));
    }

    private IReadOnlyList<(int First, int Second, float Product)> Search(string step, float[] right, bool upper)
    {
        int total = right.Length / _fingerprints.Width;
        return PairSearch.Above(_vectors, right, _fingerprints.Width, (float)_rules.Screen, upper, _rules.MaximumCandidates,
            _progress is null ? null : new Core.Downloads.Relay<int>(done => _progress.Report(new AuditStep(step, done, total))));
    }
}
