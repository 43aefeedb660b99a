using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Training.Runs;

namespace MedBench.Tests.Training.Runs;

public sealed class TrainingSubsetTests
{
    [Theory]
    [InlineData("10-shot", "10-shot")]
    [InlineData("25%", "25%")]
    [InlineData("0.5%", "0.5%")]
    [InlineData("100%", "100%")]
    [InlineData("twin-free", "twin-free")]
    [InlineData("twin-free-control-0", "twin-free-control-0")]
    public void Parse_Text_RoundTrips(string text, string expected) => Assert.Equal(expected, TrainingSubset.Parse(text)!.ToString());

    [Fact]
    public void Parse_All_IsNone() => Assert.Null(TrainingSubset.Parse("all"));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("0-shot")]
    [InlineData("-1-shot")]
    [InlineData("0%")]
    [InlineData("101%")]
    [InlineData("x%")]
    [InlineData("twin-free-control-")]
    [InlineData("twin-free-control-01")]
    [InlineData("twin-free-control--1")]
    [InlineData("twin-freely")]
    public void Parse_Nonsense_SaysWhatToWrite(string text) => Assert.Contains("10-shot", Assert.Throws<MedBenchException>(() => TrainingSubset.Parse(text)).Fix, StringComparison.Ordinal);

    [Fact]
    public void Of_TakesTheSubsetThatTheNameSays()
    {
        using var folder = new TestFolder();
        using var dataset = SyntheticDataset.Open(16, counts: new SplitCounts(80, 4, 4), cache: folder.Path);
        var (fewShot, share) = (TrainingSubset.FewShot(3), TrainingSubset.Share(0.25));

        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], Enumerable.Range(0, 12).Select(fewShot.Of(dataset, 0).ClassOf));
        Assert.Equal(20, share.Of(dataset, 0).Count);
        Assert.NotEqual(Sources(share.Of(dataset, 0)), Sources(share.Of(dataset, 1)));

        // The seed is in the name only where the images depend on it.
        Assert.Equal("3-shot", fewShot.Draw(dataset.Card, 7).ToString());
        Assert.Equal("25% by seed 7", share.Draw(dataset.Card, 7).ToString());
        Assert.Equal("100%", TrainingSubset.Share(1).Draw(dataset.Card, 7).ToString());
    }

    [Fact]
    public void TwinFree_OfBreastMnist_IsNamedByTheAuditOnRecord()
    {
        var card = DatasetCatalog.Get("breastmnist");
        var twins = AuditCatalog.Find(card)!.WithTwinIn(Split.Train, Split.Test);
        var (free, control) = (TrainingSubset.TwinFree.Draw(card, 7), TrainingSubset.Control(1).Draw(card, 7));

        Assert.Equal(card.Splits.Train - twins.Count, TrainingSubset.TwinFree.About(card));
        Assert.Equal($"twin-free by twins {ContentHash.Of(twins)[..8]}", free.ToString());
        Assert.Equal($"twin-free-control-1 by twins {free.Twins}", control.ToString());
        Assert.Equal(free, SubsetDraw.Parse(free.ToString()));
        Assert.Equal(TrainingSubset.TwinFree.Draw(card, 8), free);
    }

    [Fact]
    public void TwinFree_WithoutAnAudit_SaysHowToMakeOne()
    {
        using var folder = new TestFolder();
        using var dataset = SyntheticDataset.Open(16, counts: new SplitCounts(80, 4, 4), cache: folder.Path);

        var error = Assert.Throws<MedBenchException>(() => TrainingSubset.TwinFree.Of(dataset, 0));

        Assert.Contains("medbench data audit synthetic", error.Fix, StringComparison.Ordinal);
        Assert.Equal("twin-free", TrainingSubset.TwinFree.Draw(dataset.Card, 0).ToString());
    }

    private static IEnumerable<int> Sources(ImageSplit split) => Enumerable.Range(0, split.Count).Select(split.SourceIndex);
}
