using MedBench.Data.Datasets;

namespace MedBench.Tests.Data.Datasets;

/// <summary>The published files, where this machine has them.</summary>
public sealed class RealFileTests : IDisposable
{
    private readonly TestFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    // Counts and pixel sums by NumPy.
    [SkippableTheory]
    [InlineData("breastmnist", 28, new[] { 147, 399 }, 10478773)]
    [InlineData("breastmnist", 64, new[] { 147, 399 }, 54751818)]
    [InlineData("pneumoniamnist", 28, new[] { 1214, 3494 }, 70355184)]
    [InlineData("retinamnist", 28, new[] { 486, 128, 206, 194, 66 }, 61494456)]
    public void PublishedFile_Opened_HasCountsAndLabels(string name, int size, int[] trainCounts, long testPixelSum)
    {
        var card = DatasetCatalog.Get(name);
        string? root = Environment.GetEnvironmentVariable(DatasetFolders.RootVariable);
        Skip.If(root is null, $"set {DatasetFolders.RootVariable} to the folder that holds {card.File(size).FileName}");

        using var dataset = ImageDataset.Open(card, size, root, cache: _cache.Path);

        Assert.Equal(card.File(size).Md5, dataset.Md5);
        Assert.Equal(size, dataset.Size);
        foreach (var split in Enum.GetValues<Split>())
            Assert.Equal(card.Splits[split], dataset[split].Count);
        Assert.Equal(trainCounts, Enumerable.Range(0, dataset.Train.Count).CountBy(dataset.Train.ClassOf).OrderBy(c => c.Key).Select(c => c.Value));
        Assert.Equal(testPixelSum, Enumerable.Range(0, dataset.Test.Count).Sum(i => dataset.Test.Image(i).ToArray().Sum(pixel => (long)pixel)));
    }
}
