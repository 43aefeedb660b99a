using MedBench.Core.Text;
using MedBench.Data.Audits;

namespace MedBench.Tests.Data.Audits;

/// <summary>On the audit of BreastMNIST that is kept.</summary>
public sealed class PairSampleTests
{
    private static readonly DatasetAudit s_audit = StrictJson.Read<DatasetAudit>(File.ReadAllBytes(Repository.File("audits/breastmnist_64.json")), "audit");
    private static readonly ImagePair[] s_twins = [.. s_audit.Pairs.Where(p => p.Kind == PairKind.Twin)];

    [Fact]
    public void Of_Thirty_AreOneOfEachStretchOfTheRangeAndAlwaysTheSame()
    {
        var sample = PairSample.Of(s_audit, 30);

        int[] places = [.. sample.Select(p => Array.IndexOf(s_twins, p))];
        Assert.Equal(Enumerable.Range(0, 30), places.Select(place => Enumerable.Range(0, 30).Single(i => place >= i * s_twins.Length / 30 && place < (i + 1) * s_twins.Length / 30)));
        Assert.Equal(sample, PairSample.Of(s_audit, 30));
        // Chance, and not the first of each.
        Assert.Contains(places.Index(), p => p.Item != p.Index * s_twins.Length / 30);
    }

    [Fact]
    public void Of_MoreThanThereAre_AreAllWithoutEqualImages()
    {
        Assert.Equal(s_twins, PairSample.Of(s_audit, 10_000));
        Assert.Contains(s_audit.Pairs, p => p.Kind == PairKind.Exact);
    }
}
