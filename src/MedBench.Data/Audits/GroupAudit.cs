using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>What groups that somebody gave (patients, lesions) say of the splits, and what the twins of an audit say of the groups.</summary>
/// <param name="From">Where the groups are from.</param>
/// <param name="Splits">The splits whose groups are known.</param>
/// <param name="Groups">Groups in all.</param>
/// <param name="GroupsAcrossSplits">Those of them that lie in more than one split.</param>
/// <param name="TestImagesWithGroupInTraining">Test images whose group has a training image; null where one of the two splits is not known.</param>
/// <param name="PairsWithinGroups">Pairs of the audit whose images are of one group.</param>
/// <param name="PairsAcrossGroups">Pairs whose images are of two: a group is torn apart, two images were taken alike, or the groups are wrong.</param>
/// <param name="PairsUnknown">Pairs with an image in a split that is not known.</param>
/// <param name="Across">The groups in more than one split.</param>
/// <param name="Torn">The pairs across groups.</param>
public sealed record GroupAudit(
    string From,
    IReadOnlyList<GroupedSplit> Splits,
    int Groups,
    int GroupsAcrossSplits,
    int? TestImagesWithGroupInTraining,
    int PairsWithinGroups,
    int PairsAcrossGroups,
    int PairsUnknown,
    IReadOnlyList<SplitGroup> Across,
    IReadOnlyList<TornPair> Torn)
{
    /// <summary>Compares groups with splits and twins.</summary>
    /// <param name="groups">The groups of the audited dataset.</param>
    /// <param name="audit">The audit.</param>
    public static GroupAudit Of(GroupTable groups, DatasetAudit audit)
    {
        var groupOf = new Dictionary<ImageRef, string>();
        foreach (var (split, rows) in groups.Splits.OrderBy(s => s.Key))
            for (int i = 0; i < rows.Count; i++) groupOf[new ImageRef(split, i)] = rows[i].Group;
        var all = groupOf.GroupBy(g => g.Value, g => g.Key).Select(g => new SplitGroup(g.Key, [.. g])).ToList();
        SplitGroup[] across = [.. all.Where(g => g.Images.Select(i => i.Split).Distinct().Count() > 1)];
        bool bothKnown = groups.Splits.ContainsKey(Split.Test) && groups.Splits.ContainsKey(Split.Train);
        ImagePair[] known = [.. audit.Pairs.Where(p => groupOf.ContainsKey(p.First) && groupOf.ContainsKey(p.Second))];
        TornPair[] torn = [.. known.Select(p => new TornPair(p.First, groupOf[p.First], p.Second, groupOf[p.Second], p.Kind)).Where(p => p.FirstGroup != p.SecondGroup)];
        return new GroupAudit(
            groups.From,
            [.. groups.Splits.OrderBy(s => s.Key).Select(s => new GroupedSplit(ImageDataset.Prefixes[s.Key], s.Value.Count, s.Value.Select(r => r.Group).Distinct().Count()))],
            all.Count, across.Length,
            bothKnown ? across.Where(g => g.Images.Any(i => i.Split == Split.Train)).Sum(g => g.Images.Count(i => i.Split == Split.Test)) : null,
            known.Length - torn.Length, torn.Length, audit.Pairs.Count - known.Length, across, torn);
    }
}

/// <summary>One split.</summary>
/// <param name="Split">Its name: train, val or test.</param>
/// <param name="Images">Images.</param>
/// <param name="Groups">Groups that they are of.</param>
public sealed record GroupedSplit(string Split, int Images, int Groups);

/// <summary>A group that was given.</summary>
/// <param name="Group">Its id.</param>
/// <param name="Images">Its images, in order.</param>
public sealed record SplitGroup(string Group, IReadOnlyList<ImageRef> Images);

/// <summary>Two images that show the same and are of two groups.</summary>
/// <param name="First">The earlier one.</param>
/// <param name="FirstGroup">Its group.</param>
/// <param name="Second">The later one.</param>
/// <param name="SecondGroup">Its group.</param>
/// <param name="Kind">In what way they are the same.</param>
public sealed record TornPair(ImageRef First, string FirstGroup, ImageRef Second, string SecondGroup, PairKind Kind);
