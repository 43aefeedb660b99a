using MedBench.Core.Errors;
using MedBench.Data.Datasets;

namespace MedBench.Tests.Data.Datasets;

public sealed class SyntheticDatasetTests : IDisposable
{
    private static readonly SplitCounts s_counts = new(200, 20, 40);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_SameSeed_SameBytes_OtherSeed_OtherBytes()
    {
        byte[] first = Bytes(0), again = Bytes(0), other = Bytes(1);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Open_Twice_GivesTheCardsDataset()
    {
        using var dataset = SyntheticDataset.Open(28, cache: _folder.Path);
        using var again = SyntheticDataset.Open(28, cache: _folder.Path);
        Assert.Equal(dataset.Md5, again.Md5);
        Assert.Equal((28, 3), (dataset.Size, dataset.Train.Channels));
        Assert.All(Enum.GetValues<Split>(), split => Assert.Equal(DatasetCatalog.Synthetic.Splits[split], dataset[split].Count));
        Assert.Contains("synthetic: not evidence", dataset.Card.Title);
    }

    [Fact]
    public void Images_OfAllClasses_AreCommonAndEquallyBright()
    {
        using var dataset = SyntheticDataset.Open(32, seed: 3, s_counts, _folder.Path);
        var counts = DatasetInspector.CountLabels(dataset);
        Assert.Equal(4, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Images.Train, 30, 70));
        var brightness = Enumerable.Range(0, dataset.Train.Count).GroupBy(dataset.Train.ClassOf)
            .Select(images => images.Average(i => dataset.Train.Image(i).ToArray().Average(pixel => (double)pixel))).ToArray();
        Assert.InRange(brightness.Max() - brightness.Min(), 0, 8);
    }

    [Fact]
    public void Write_NoImages_IsRefused() =>
        Assert.Throws<MedBenchException>(() => SyntheticDataset.Write(_folder.File("a.npz"), 28, 0, new SplitCounts(0, 1, 1)));

    private byte[] Bytes(int seed)
    {
        string path = _folder.File($"{Guid.NewGuid():N}.npz");
        SyntheticDataset.Write(path, 28, seed, s_counts);
        return File.ReadAllBytes(path);
    }
}
