using System.Text;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;

namespace MedBench.Tests.Data.Datasets;

public sealed class DatasetCatalogTests
{
    public static TheoryData<string> Cards() => [.. DatasetCatalog.All.Select(card => card.Name)];

    [Theory]
    [MemberData(nameof(Cards))]
    public void Card_OfEveryDataset_KeepsTheContract(string name)
    {
        var card = DatasetCatalog.Get(name);
        Assert.Equal(name.ToLowerInvariant(), card.Name);
        Assert.StartsWith(name, card.Title, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(card.Channels, new[] { 1, 3 });
        Assert.Equal(card.Labels.Count, card.Labels.Distinct().Count());
        Assert.Equal(card.Task == DatasetTask.BinaryClass, card.Labels.Count == 2);
        Assert.Equal(card.Task == DatasetTask.MultiLabel ? card.Labels.Count : 1, card.LabelWidth);
        Assert.All(Enum.GetValues<Split>(), split => Assert.InRange(card.Splits[split], 1, 200_000));
        Assert.StartsWith("CC BY", card.License);
        Assert.Equal([28, 64, 128, 224], card.Files.Keys.Order());
        Assert.All(card.Files, file =>
        {
            Assert.Equal(file.Key == 28 ? $"{name}.npz" : $"{name}_{file.Key}.npz", file.Value.FileName);
            Assert.Matches("^[0-9a-f]{32}$", file.Value.Md5);
            Assert.Equal($"https://zenodo.org/records/10519652/files/{file.Value.FileName}?download=1", file.Value.Url);
        });
    }

    [Fact]
    public void All_HasTwelveDatasetsWithUniqueFiles()
    {
        Assert.Equal(12, DatasetCatalog.All.Count);
        Assert.Equal(48, DatasetCatalog.All.SelectMany(card => card.Files.Values).Select(file => file.Md5).Distinct().Count());
        // medmnist/info.py 3.0.2; the paper's 708,069 counts 107 images more in the three organ sets.
        Assert.Equal(707_962, DatasetCatalog.All.Sum(card => card.Splits.Train + card.Splits.Validation + card.Splits.Test));
    }

    [Theory]
    [InlineData("dermamnist", "lesion")]
    [InlineData("tissuemnist", "upsampled")]
    [InlineData("synthetic", "synthetic: not evidence")]
    public void Caveats_OfKnownTraps_AreOnTheCard(string name, string words) =>
        Assert.Contains(DatasetCatalog.Get(name).Caveats, caveat => caveat.Contains(words, StringComparison.Ordinal));

    // A paper's grid is of its collection: a dataset that is added somewhere else is none of its.
    [Fact]
    public void Named_Collection_DoesNotGrowByACardOfAnother()
    {
        const string Other = """{ "source": "a test", "collection": "other", "cards": [{ "name": "othermnist", "title": "OtherMNIST", "task": "BinaryClass", "labels": ["a", "b"], "channels": 1, "splits": { "train": 8, "validation": 8, "test": 8 }, "license": "CC0 1.0", "files": {}, "caveats": [] }] }""";
        var cards = DatasetCatalog.Read([.. Files("medmnist", "synthetic"), new MemoryStream(Encoding.UTF8.GetBytes(Other))]);

        Assert.Equal(14, cards.Count);
        Assert.Equal(DatasetCatalog.All.Select(c => c.Name), DatasetCatalog.Named("medmnist2d", cards).Select(c => c.Name));
        Assert.Equal("othermnist", Assert.Single(DatasetCatalog.Named("other", cards)).Name);
        Assert.Equal("breastmnist", Assert.Single(DatasetCatalog.Named("breastmnist", cards)).Name);
        Assert.Contains("'medmnist2d'", Assert.Throws<MedBenchException>(() => DatasetCatalog.Named("medmnist2", cards)).Fix);
    }

    private static IEnumerable<Stream> Files(params string[] names) => names.Select(name => File.OpenRead(Repository.File($"src/MedBench.Data/Cards/{name}.json")));

    [Fact]
    public void Get_Misspelt_SuggestsTheNearest() =>
        Assert.Contains("'dermamnist'", Assert.Throws<MedBenchException>(() => DatasetCatalog.Get("dermnist")).Fix);

    [Fact]
    public void Get_OtherCase_IsFound() => Assert.Equal("breastmnist", DatasetCatalog.Get("BreastMNIST").Name);
}
