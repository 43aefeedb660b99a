using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Parity;
using MedBench.Models.StateDicts;
using MedBench.Models.Weights;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>Every network of the catalog, ViTs shortened and CNNs at real size, through a file in each layout that its checkpoint may come in.</summary>
[Collection(BackboneCollection.Name)]
public sealed class CardRoundTripTests : IDisposable
{
    private const long Spare = 1 << 30;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(ModelContractTests.Light), MemberType = typeof(ModelContractTests))]
    public void Checkpoint_OfACard_LoadsStrictly(string name) => Check(name);

    [SkippableTheory]
    [MemberData(nameof(ModelContractTests.Heavy), MemberType = typeof(ModelContractTests), DisableDiscoveryEnumeration = true)]
    [Trait("Cost", "Heavy")]
    public void HeavyCheckpoint_OfACard_LoadsStrictly(string name) => Check(name);

    [SkippableFact]
    public void Load_ViTTrainedAt224_FillsOneFor512()
    {
        using var scope = NewDisposeScope();
        var card = ModelCatalog.Get("vit_small_patch16_224.dino");
        using ImageModel trained = ModelCatalog.Create(card, 5), larger = ModelCatalog.Create(card, 3, inputSize: 512);
        FormulaWeights.Fill(trained);
        string path = Save(trained, "safetensors");
        var head = larger.get_parameter("head.weight")!.clone();

        var report = ModelCheckpoints.Load(larger, card, path, keepClassifier: false);

        Assert.Equal(["pos_embed"], report.Adapted);
        Assert.Equal(["head.weight", "head.bias"], report.Kept);
        Assert.True(head.eq(larger.get_parameter("head.weight")!).all().item<bool>());
        var expected = larger.AdaptCheckpointTensor("pos_embed", trained.get_parameter("pos_embed")!, [1, 1 + 32 * 32, 384])!;
        Assert.True(expected.eq(larger.get_parameter("pos_embed")!).all().item<bool>());
        AssertSame(StateDict.Of(trained), larger, except: ["pos_embed", "head.weight", "head.bias"]);
    }

    private void Check(string name)
    {
        using var scope = NewDisposeScope();
        var card = ModelContractTests.Shortened(ModelCatalog.Get(name));
        using ImageModel model = ModelCatalog.Create(card, card.DefaultClasses);
        FormulaWeights.Fill(model);
        List<(string Name, Tensor Tensor)> written = [.. StateDict.Of(model).Select(e => (e.Name, e.Tensor.clone()))];
        foreach (string format in Formats(card))
        {
            string path = Save(model, format);
            Clear(model);
            var report = StateDictLoader.Load(model, path);
            File.Delete(path);
            Assert.Empty(report.Kept.Concat(report.Ignored).Concat(report.Converted).Concat(report.Adapted));
            AssertSame(written, model, except: []);
        }
    }

    // Each network in the layout of its own checkpoint; every layout with the smallest network, which has tensors of every kind, and the largest file.
    // torchvision still distributes some of its files in PyTorch's format before 1.6.
    private static string[] Formats(ModelCard card) =>
        card.Name is "resnet18.a1_in1k" or "vgg16.tv_in1k" ? ["safetensors", "zip", "legacy"]
        : card.Hub?.Url?.StartsWith("https://download.pytorch.org/", StringComparison.Ordinal) == true ? ["zip", "legacy"]
        : ["safetensors"];

    private string Save(ImageModel model, string format)
    {
        long bytes = model.parameters().Sum(p => p.numel() * p.ElementSize), free = new DriveInfo(_folder.Path).AvailableFreeSpace;
        Skip.If(free < bytes + Spare, $"needs {(bytes + Spare) >> 20} MiB in {Path.GetTempPath()}, which has {free >> 20}; set TMPDIR to a folder on another disk");
        string path = _folder.File("checkpoint." + format);
        var entries = StateDict.Of(model);
        if (format == "safetensors") SafetensorsWriter.Write(path, entries);
        else PthWriter.Write(path, entries, legacy: format == "legacy");
        return path;
    }

    private static void Clear(ImageModel model)
    {
        using var _ = no_grad();
        foreach (var (_, tensor) in StateDict.Of(model)) tensor.fill_(-1);
    }

    private static void AssertSame(List<(string Name, Tensor Tensor)> expected, ImageModel actual, string[] except)
    {
        var entries = StateDict.Of(actual);
        Assert.Equal(expected.Select(e => e.Name), entries.Select(e => e.Name));
        foreach (var (a, b) in expected.Zip(entries).Where(pair => !except.Contains(pair.First.Name)))
        {
            using var piece = NewDisposeScope();
            Assert.True(a.Tensor.eq(b.Tensor).all().item<bool>(), a.Name);
        }
    }
}
