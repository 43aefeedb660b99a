using MedBench.Data.Audits;
using MedBench.Data.Datasets;

namespace MedBench.Tests.Data.Audits;

public sealed class GroupAuditTests
{
    private static readonly DatasetCard s_card = DatasetCatalog.Get("breastmnist");
    private static readonly DatasetAudit s_audit = AuditCatalog.Find(s_card)!;

    [Fact]
    public void Of_TheAuditsOwnGroups_FindsWhatTheAuditFound()
    {
        var group = s_audit.Groups.SelectMany((g, i) => g.Images.Select(image => (image, $"frame {i}"))).ToDictionary(p => p.image, p => p.Item2);

        var found = GroupAudit.Of(Table(image => group.GetValueOrDefault(image, $"{image}"), Enum.GetValues<Split>()), s_audit);

        Assert.Equal(s_audit.GroupsAcrossSplits, found.GroupsAcrossSplits);
        Assert.Equal(s_audit.GroupsAcrossSplits, found.Across.Count);
        Assert.Equal(s_audit.TestImagesWithTwinInTraining, found.TestImagesWithGroupInTraining);
        Assert.Equal((s_audit.Pairs.Count, 0, 0), (found.PairsWithinGroups, found.PairsAcrossGroups, found.PairsUnknown));
        Assert.Equal(780 - group.Count + s_audit.Groups.Count, found.Groups);
        Assert.Equal([("train", 546), ("val", 78), ("test", 156)], found.Splits.Select(s => (s.Split, s.Images)));
    }

    [Fact]
    public void Of_EachImageForItself_HasEveryPairAcrossGroups()
    {
        var found = GroupAudit.Of(Table(image => $"{image}", Enum.GetValues<Split>()), s_audit);

        Assert.Equal((0, 0), (found.GroupsAcrossSplits, found.TestImagesWithGroupInTraining!.Value));
        Assert.Equal((0, s_audit.Pairs.Count), (found.PairsWithinGroups, found.PairsAcrossGroups));
        Assert.Equal((s_audit.Pairs[0].First, $"{s_audit.Pairs[0].First}"), (found.Torn[0].First, found.Torn[0].FirstGroup));
    }

    [Fact]
    public void Of_OneSplit_LeavesTheOthersUnknown()
    {
        var found = GroupAudit.Of(Table(_ => "all", [Split.Test]), s_audit);

        int within = s_audit.Pairs.Count(p => p.First.Split == Split.Test && p.Second.Split == Split.Test);
        Assert.Equal((1, 0, null), (found.Groups, found.GroupsAcrossSplits, found.TestImagesWithGroupInTraining));
        Assert.Equal((within, 0, s_audit.Pairs.Count - within), (found.PairsWithinGroups, found.PairsAcrossGroups, found.PairsUnknown));
    }

    [Fact]
    public void Of_AGroupInTwoSplits_NamesItsImages()
    {
        var found = GroupAudit.Of(Table(image => image is { Split: Split.Train, Index: 3 } or { Split: Split.Test, Index: 5 or 9 } ? "p" : $"{image}", Enum.GetValues<Split>()), s_audit);

        var group = Assert.Single(found.Across);
        Assert.Equal(("p", "train/3, test/5, test/9"), (group.Group, string.Join(", ", group.Images)));
        Assert.Equal(2, found.TestImagesWithGroupInTraining);
    }

    private static GroupTable Table(Func<ImageRef, string> group, Split[] splits) => new("ids.csv", [], splits.ToDictionary(
        split => split, split => (IReadOnlyList<GroupRow>)[.. Enumerable.Range(0, s_card.Splits[split]).Select(i => new GroupRow(group(new ImageRef(split, i)), []))]));
}
