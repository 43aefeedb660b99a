using System.Text.Json;
using System.Text.Json.Nodes;
using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.StateDicts;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

/// <summary>What every network of the catalog promises to the code that trains it.</summary>
[Collection(BackboneCollection.Name)]
public sealed class ModelContractTests
{
    private const long HeavyParameters = 30_000_000;

    // Enough for every CNN's pooling; a ViT needs a few patches.
    private const int SmallSize = 112, Patches = 4;

    // All kinds of blocks of a ViT, one of SAM's with global attention among them.
    private const int Blocks = 3;

    public static TheoryData<string> Light() => [.. Names(heavy: false)];

    public static TheoryData<string> Heavy() => [.. Names(heavy: true)];

    [Theory]
    [MemberData(nameof(Light))]
    public void Model_OfTheCatalog_KeepsTheContract(string name) => Check(name, heavy: false);

    [Theory]
    [MemberData(nameof(Heavy), DisableDiscoveryEnumeration = true)]
    [Trait("Cost", "Heavy")]
    public void HeavyModel_OfTheCatalog_KeepsTheContract(string name) => Check(name, heavy: true);

    // Cards that differ in their checkpoint alone build the same network, which one of them stands for.
    private static IEnumerable<string> Names(bool heavy) =>
        ModelCatalog.All.DistinctBy(card => (card.Architecture, card.Options.GetRawText())).Where(card => IsHeavy(card) == heavy).Select(card => card.Name);

    // By name, so that listing the tests builds no model; each test checks that the rule is right for its own.
    private static bool IsHeavy(ModelCard card) => card.Architecture is "alexnet" or "inception_resnet_v2" or "vgg";

    /// <summary>A ViT with its first blocks alone, which the others repeat; a CNN as it is. At real depth the networks are compared with timm's.</summary>
    internal static ModelCard Shortened(ModelCard card)
    {
        var options = JsonObject.Create(card.Options)!;
        if (!options.ContainsKey("patchSize")) return card;
        options["depth"] = Blocks;
        return card with { Options = JsonSerializer.SerializeToElement(options) };
    }

    private static void Check(string name, bool heavy)
    {
        using var scope = NewDisposeScope();
        var card = Shortened(ModelCatalog.Get(name));
        int size = card.Options.TryGetProperty("patchSize", out var patch) ? Patches * patch.GetInt32() : Math.Min(card.InputSize, SmallSize);
        using var model = ModelCatalog.Create(card, 3, size);
        var images = rand(2, 3, size, size);

        Assert.Equal(heavy, model.parameters().Sum(p => p.numel()) > HeavyParameters);
        CheckParameters(model);
        CheckOutputs(model, images);
        CheckNoLeak(model, images);
        CheckFreezing(model, images);
        CheckReset(model, images);
    }

    private static void CheckParameters(ImageModel model)
    {
        Assert.Equal([model.ClassifierName + ".weight", model.ClassifierName + ".bias"], model.ClassifierParameterNames);
        Assert.Equal(model.parameters().Count(), model.ClassifierParameters.Count + model.EncoderParameters.Count);
        var classifier = Assert.IsType<Linear>(model.GetClassifier());
        Assert.Equal((model.HeadHiddenSize, 3), (classifier.in_features, classifier.out_features));
        Assert.Equal(model.ClassifierParameterNames, StateDict.Of(model).Select(e => e.Name).TakeLast(2));
    }

    private static void CheckOutputs(ImageModel model, Tensor images)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        model.eval();
        var features = model.ForwardFeatures(images);
        var logits = model.forward(images);
        var preLogits = model.PreLogits(images);
        Assert.Equal(model.NumFeatures, features.shape[features.dim() == 4 ? 1 : 2]);
        Assert.Equal([2, 3], logits.shape);
        Assert.Equal([2, model.HeadHiddenSize], preLogits.shape);
        AssertSame(logits, model.ForwardHead(features));
        AssertSame(preLogits, model.ForwardHead(features, preLogits: true));
        AssertSame(logits, ((Linear)model.GetClassifier()!).forward(preLogits));
    }

    private static void CheckNoLeak(ImageModel model, Tensor images)
    {
        // Counts of this thread alone: other tests run at the same time.
        long Live() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        model.eval();
        long before = Live();
        using (no_grad())
        {
            model.forward(images).Dispose();
            model.PreLogits(images).Dispose();
        }
        Assert.Equal(before, Live());

        model.train();
        before = Live();
        model.forward(images).Dispose();
        Assert.Equal(before, Live());
    }

    private static void CheckFreezing(ImageModel model, Tensor images)
    {
        using var scope = NewDisposeScope();
        string[] Trainable() => [.. model.named_parameters().Where(p => p.parameter.requires_grad).Select(p => p.name)];
        string[] all = Trainable();

        model.train();
        model.SetEncoderTrainable(false);
        Assert.Equal(model.ClassifierParameterNames, Trainable());
        model.forward(images).sum().backward();
        Assert.All(model.named_parameters(), p => Assert.Equal(model.ClassifierParameterNames.Contains(p.name), p.parameter.grad is not null));

        model.SetEncoderTrainable(true);
        Assert.Equal(all, Trainable());
    }

    private static void CheckReset(ImageModel model, Tensor images)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        model.eval();
        string[] Keys() => [.. StateDict.Of(model).Select(e => e.Name)];
        string[] keys = Keys();
        var preLogits = model.PreLogits(images);

        model.ResetClassifier(0);
        Assert.Equal(0, model.NumClasses);
        Assert.Null(model.GetClassifier());
        Assert.Empty(model.ClassifierParameters);
        Assert.Equal(keys.SkipLast(2), Keys());
        AssertSame(preLogits, model.forward(images));

        foreach (int classes in (int[])[1, 5])
        {
            model.ResetClassifier(classes);
            Assert.Equal(classes, model.NumClasses);
            Assert.Equal(keys, Keys());
            Assert.All(model.ClassifierParameters, p => Assert.True(p.requires_grad));
            Assert.Equal([2, classes], model.forward(images).shape);
            AssertSame(preLogits, model.PreLogits(images));
        }
    }

    private static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(allclose(expected, actual, rtol: 1e-5, atol: 1e-6), $"largest difference {(expected - actual).abs().max().item<float>():E2}");
    }
}
