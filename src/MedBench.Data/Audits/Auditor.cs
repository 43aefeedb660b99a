using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>
/// Searches a data file for images that show the same. Time: n²/2 dot products of <see cref="AuditRules.Side"/>² values, and as many for the null search up to its sample;
/// memory: 4 · Side² bytes an image (twice while the null search runs), whatever the size of the images.
/// </summary>
public static class Auditor
{
    private const int Decimals = 4;

    /// <summary>Audits one file.</summary>
    /// <param name="dataset">The open file.</param>
    /// <param name="rules">What counts as a twin; null for <see cref="AuditRules.Default"/>.</param>
    /// <param name="progress">Told the step that begins, and how far it is.</param>
    /// <exception cref="Core.Errors.MedBenchException">The images are so alike that the screen finds more pairs than the rules allow.</exception>
    public static DatasetAudit Run(ImageDataset dataset, AuditRules? rules = null, IProgress<AuditStep>? progress = null)
    {
        rules ??= AuditRules.Default;
        var counts = new SplitCounts(dataset.Train.Count, dataset.Validation.Count, dataset.Test.Count);
        ImageRef[] images = [.. ImageRef.All(counts)];
        var digests = new (UInt128 AsIs, UInt128 Turned)[images.Length];
        progress?.Report(new AuditStep("exact duplicates", 0, images.Length));
        Parallel.For(0, images.Length, i => digests[i] = ExactDuplicates.Digests(dataset[images[i].Split], images[i].Index));

        var equal = Groups(images.Length, i => digests[i].AsIs);
        int[] distinct = [.. equal.Select(g => g[0]).Order()];
        var ways = Groups(distinct.Length, i => digests[distinct[i]].Turned);
        var turned = ways.Where(g => g.Length > 1).ToList();
        var pairs = equal.SelectMany(g => g.Skip(1).Select(other => Pair(g[0], other, PairKind.Exact, 1, 1)))
            .Concat(turned.SelectMany(g => g.Skip(1).Select(other => Pair(distinct[g[0]], distinct[other], PairKind.Turned, 1, 1)))).ToList();
        // One of those that are equal up to a turn: a mirror image that is in the file would count as found by chance.
        int[] looked = [.. ways.Select(g => distinct[g[0]]).Order()];
        ImageRef[] searched = [.. looked.Select(i => images[i])];
        var search = new TwinSearch(dataset, searched, rules, progress);
        pairs.AddRange(search.Twins().Select(t => Pair(looked[t.First], looked[t.Second], PairKind.Twin, t.Coarse, t.Detail)));

        var groups = Connected(images, pairs).Select(g => Group(dataset, g)).ToList();
        var audit = new DatasetAudit(
            DatasetAudit.CurrentSchema, dataset.Card.Name, dataset.Size, dataset.Md5, rules, counts,
            equal.Count(g => g.Length > 1), equal.Count(g => g.Length > 1 && g.Select(i => LabelText(dataset, images[i])).Distinct().Count() > 1), turned.Count,
            groups.Count, groups.Count(g => g.Conflict), groups.Count(g => g.Images.Select(i => i.Split).Distinct().Count() > 1), 0, 0,
            search.Null(), [], groups, [.. pairs.OrderByDescending(p => p.Coarse + p.Detail).ThenBy(p => p.First).ThenBy(p => p.Second)]);
        var leaked = audit.WithTwinIn(Split.Test, Split.Train);
        return audit with
        {
            TestImagesWithTwinInTraining = leaked.Count,
            TestImagesWithTwinInValidation = audit.WithTwinIn(Split.Test, Split.Validation).Count,
            Classes = [.. dataset.Card.Labels.Select((label, c) => new AuditedClass(
                label, Enumerable.Range(0, dataset.Test.Count).Count(i => Has(dataset.Test, i, c)), leaked.Count(i => Has(dataset.Test, i, c))))],
        };

        ImagePair Pair(int first, int second, PairKind kind, double coarse, double detail) => new(
            images[Math.Min(first, second)], images[Math.Max(first, second)], kind, Math.Round(coarse, Decimals), Math.Round(detail, Decimals),
            LabelText(dataset, images[first]) != LabelText(dataset, images[second]));
    }

    private static List<int[]> Groups(int count, Func<int, UInt128> key) => [.. Enumerable.Range(0, count).GroupBy(key).Select(g => g.ToArray())];

    private static IEnumerable<ImageRef[]> Connected(ImageRef[] images, List<ImagePair> pairs)
    {
        var sets = new DisjointSets<ImageRef>();
        foreach (var pair in pairs) sets.Join(pair.First, pair.Second);
        return images.Where(sets.Contains).GroupBy(sets.Root).Select(g => g.ToArray());
    }

    private static ImageGroup Group(ImageDataset dataset, ImageRef[] images)
    {
        int[][] labels = [.. images.Select(i => Enumerable.Range(0, dataset.Card.Labels.Count).Where(c => Has(dataset[i.Split], i.Index, c)).ToArray())];
        return new ImageGroup(images, labels, labels.Any(l => !l.SequenceEqual(labels[0])));
    }

    internal static string LabelText(ImageDataset dataset, ImageRef image) => Convert.ToHexString(dataset[image.Split].Label(image.Index));

    private static bool Has(ImageSplit split, int image, int label) => split.LabelWidth == 1 ? split.ClassOf(image) == label : split.Label(image)[label] == 1;
}

/// <summary>How far an audit is.</summary>
/// <param name="Name">The step.</param>
/// <param name="Done">Images that are done.</param>
/// <param name="Total">Images in all.</param>
public sealed record AuditStep(string Name, int Done, int Total);
