using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Tests.Data.Npz;

namespace MedBench.Tests.Data.Datasets;

public sealed class OwnDatasetTests : IDisposable
{
    private const string Card = "schema: 1\nname: my-images\ntitle: Mine\ntask: binary-class\nlabels: [no, yes]\nlicense: none\nnpz: mine.npz\n";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NpzBesideTheCard_OpensAsItIs()
    {
        NpzFixture.Write(_folder.File("mine.npz"));
        var card = OwnDataset.Read(Write(Card));
        Assert.Equal(("my-images", 1, new SplitCounts(5, 3, 4)), (card.Name, card.Channels, card.Splits));
        using var dataset = ImageDataset.Open(card, 4, cache: _folder.File("cache"));
        Assert.Equal((4, 4), (dataset.Size, dataset.Test.Count));
    }

    [Theory]
    [InlineData("name: my-images", "name: breastmnist", "mine.yaml:2:")]
    [InlineData("name: my-images", "name: ../x", "mine.yaml:2:")]
    [InlineData("labels: [no, yes]", "labels: [no, no]", "mine.yaml:5:")]
    [InlineData("labels: [no, yes]", "labels: [a, b, c]", "mine.yaml:5:")]
    [InlineData("task: binary-class", "task: multi-class", "mine.yaml:4:")]
    [InlineData("npz: mine.npz", "npz: absent.npz", "mine.yaml:7:")]
    [InlineData("npz: mine.npz", "npz: .", "is a folder")]
    [InlineData("labels: [no, yes]", "labels: no", "mine.yaml:5:9: expected a list")]
    [InlineData("title: Mine", "titel: Mine", "mine.yaml:3:")]
    public void Read_FaultyCard_NamesFileAndLine(string right, string wrong, string place)
    {
        NpzFixture.Write(_folder.File("mine.npz"));
        var e = Assert.Throws<MedBenchException>(() => OwnDataset.Read(Write(Card.Replace(right, wrong))));
        Assert.Contains(place, e.Message);
    }

    [Fact]
    public void Read_ImagesNotSquare_SaysTheirSize()
    {
        NpzFixture.Write(_folder.File("mine.npz"), (npz, key) => Wide(npz, key));
        var e = Assert.Throws<MedBenchException>(() => OwnDataset.Read(Write(Card)));
        Assert.Contains("8 x 2 px", e.Message);
    }

    [Fact]
    public void Read_NpzWithoutTrainingImagesOfAClass_IsRefused()
    {
        NpzFixture.Write(_folder.File("mine.npz"), (npz, key) => Zeros(npz, key, "train_labels", 5));
        var e = Assert.Throws<MedBenchException>(() => OwnDataset.Read(Write(Card)));
        Assert.EndsWith("mine.yaml:5:9: no training image has the label 'yes'", e.Message);
    }

    [Fact]
    public void Read_NpzWithoutTestImagesOfAClass_SaysSo()
    {
        NpzFixture.Write(_folder.File("mine.npz"), (npz, key) => Zeros(npz, key, "test_labels", 4));
        Assert.Equal(["no test image has the label 'yes': no AUC of it"], OwnDataset.Read(Write(Card)).Caveats);
    }

    [Fact]
    public void Read_NpzWithFindings_LooksAtEachColumn()
    {
        NpzFixture.Write(_folder.File("mine.npz"), (npz, key) => Findings(npz, key));
        var card = OwnDataset.Read(Write(Card.Replace("binary-class", "multi-label")));
        Assert.Equal(["no validation image has the label 'no': no AUC of it"], card.Caveats);
    }

    private static bool Zeros(MedBench.Data.Npz.NpzWriter npz, string key, string which, int count)
    {
        if (key != which) return false;
        npz.Add(key, "|u1", [count, 1], s => s.Write(new byte[count]));
        return true;
    }

    private static bool Findings(MedBench.Data.Npz.NpzWriter npz, string key)
    {
        if (!key.EndsWith("_labels", StringComparison.Ordinal)) return false;
        byte[] row = key == "val_labels" ? [0, 1] : [1, 1];
        int count = key == "train_labels" ? 5 : key == "val_labels" ? 3 : 4;
        npz.Add(key, "|u1", [count, 2], s => s.Write([.. Enumerable.Repeat(row, count).SelectMany(r => r)]));
        return true;
    }

    private static bool Wide(MedBench.Data.Npz.NpzWriter npz, string key)
    {
        if (key != "train_images") return false;
        npz.Add(key, "|u1", [5, 2, 8], s => s.Write(NpzFixture.Pixels("train", 5)));
        return true;
    }

    private string Write(string yaml) => _folder.Write("mine.yaml", System.Text.Encoding.UTF8.GetBytes(yaml));
}
