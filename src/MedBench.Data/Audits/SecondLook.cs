using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>
/// What a screen finds that knows nothing of the audit's own: the nearest images of each image by an encoder's features, confirmed by the detail measure of
/// <see cref="AuditRules"/>. The share of these that the audit has says how many twins it may miss. Context: the audit, and what reads it, stay as they are.
/// </summary>
/// <param name="Encoder">Whose features.</param>
/// <param name="Neighbours">Nearest images of each.</param>
/// <param name="Looked">Pairs of them.</param>
/// <param name="Alike">Those with the detail of twins.</param>
/// <param name="Known">Those of them that are in one group of the audit.</param>
/// <param name="AlikeMirrored">Pairs that have that detail with the second image mirrored, which cannot show the same: chance.</param>
/// <param name="TestImagesBesides">Test images without a twin in training by the audit that have one by this look.</param>
/// <param name="New">Pairs with that detail that are in no group of the audit together, the most alike first.</param>
public sealed record SecondLook(string Encoder, int Neighbours, int Looked, int Alike, int Known, int AlikeMirrored, int TestImagesBesides, IReadOnlyList<SeenPair> New)
{
    private const int Decimals = 4;

    /// <summary>The images that are looked at, by split and position: of those that are equal, or equal when turned, the first.</summary>
    public static IReadOnlyList<ImageRef> Images(DatasetAudit audit)
    {
        var again = audit.Pairs.Where(p => p.Kind != PairKind.Twin).Select(p => p.Second).ToHashSet();
        return [.. ImageRef.All(audit.Images).Where(image => !again.Contains(image))];
    }

    /// <summary>Looks at pairs.</summary>
    /// <param name="dataset">The file that was audited, open.</param>
    /// <param name="audit">What was found in it.</param>
    /// <param name="encoder">Whose features.</param>
    /// <param name="neighbours">How many nearest images of each are among the pairs.</param>
    /// <param name="nearest">The pairs, each once, as positions in <see cref="Images"/>, and the cosine of their features.</param>
    public static SecondLook Of(ImageDataset dataset, DatasetAudit audit, string encoder, int neighbours, IReadOnlyList<(int First, int Second, double Cosine)> nearest)
    {
        var images = Images(audit);
        var group = audit.Groups.SelectMany((g, i) => g.Images.Select(image => (Image: image, Group: i))).ToDictionary(p => p.Image, p => p.Group);
        var detail = new DetailMeasure(dataset, images, audit.Rules);
        (ImageRef First, ImageRef Second)[] pairs = [.. nearest.Select(n => (images[n.First], images[n.Second]))];
        double[] details = detail.Of(pairs), mirrored = detail.Of(pairs, mirrored: true);
        int[] alike = [.. Enumerable.Range(0, pairs.Length).Where(i => details[i] >= audit.Rules.Detail)];
        int[] fresh = [.. alike.Where(i => !(group.TryGetValue(pairs[i].First, out int one) && group.TryGetValue(pairs[i].Second, out int other) && one == other))];
        int besides = fresh.Select(i => pairs[i]).Where(p => (p.First.Split, p.Second.Split) == (Split.Train, Split.Test)).Select(p => p.Second.Index)
            .Except(audit.WithTwinIn(Split.Test, Split.Train)).Count();
        return new SecondLook(encoder, neighbours, pairs.Length, alike.Length, alike.Length - fresh.Length, mirrored.Count(d => d >= audit.Rules.Detail), besides, [.. fresh
            .OrderByDescending(i => details[i]).ThenBy(i => pairs[i].First).ThenBy(i => pairs[i].Second)
            .Select(i => new SeenPair(pairs[i].First, pairs[i].Second, Math.Round(nearest[i].Cosine, Decimals), Math.Round(details[i], Decimals), Auditor.LabelText(dataset, pairs[i].First) != Auditor.LabelText(dataset, pairs[i].Second)))]);
    }
}

/// <summary>Two images that an encoder's features and the detail measure hold for the same.</summary>
/// <param name="First">The earlier one.</param>
/// <param name="Second">The later one.</param>
/// <param name="Cosine">Of their features, less the mean of all: at most 1.</param>
/// <param name="Detail">The detail measure, at most 1.</param>
/// <param name="Conflict">Whether their labels differ.</param>
public sealed record SeenPair(ImageRef First, ImageRef Second, double Cosine, double Detail, bool Conflict);
