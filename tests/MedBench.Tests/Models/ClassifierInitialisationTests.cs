using MedBench.Models;
using MedBench.Models.Catalog;
using MedBench.Models.Families;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

/// <summary>The initialisation that timm gives each family's classifier when it makes the model (torchvision for AlexNet).</summary>
[Collection(BackboneCollection.Name)]
public sealed class ClassifierInitialisationTests
{
    private const int Classes = 50;

    [Fact]
    public void Vgg_NewClassifier_IsNormalWithZeroBias()
    {
        // Narrow stages: the head is VGG16's own.
        using var model = new Vgg(new Vgg.Options([[4], [8]]), Classes);
        var (weight, bias) = Classifier(model);
        Assert.Equal(0.01, Std(weight), 2e-4);
        Assert.True(Largest(weight) > 0.03); // A uniform distribution of this std ends at 0.017.
        Assert.Equal(0, Largest(bias));
    }

    [Fact]
    public void DenseNet_NewClassifier_HasTorchsWeightAndZeroBias()
    {
        using var model = new DenseNet(new DenseNet.Options(32, [2, 2]), Classes);
        var (weight, bias) = Classifier(model);
        AssertUniform(weight, 1 / Math.Sqrt(model.NumFeatures));
        Assert.Equal(0, Largest(bias));
    }

    [Fact]
    public void EfficientNet_NewClassifier_IsUniformByOutputsWithZeroBias()
    {
        using var model = new EfficientNet(new EfficientNet.Options(1, 1), Classes);
        var (weight, bias) = Classifier(model);
        AssertUniform(weight, 1 / Math.Sqrt(Classes));
        Assert.Equal(0, Largest(bias));
    }

    [Fact]
    public void InceptionV3_NewClassifier_IsTruncatedNormalWithTorchsBias()
    {
        using var model = new InceptionV3(Classes);
        var (weight, bias) = Classifier(model);
        Assert.Equal(0.1, Std(weight), 2e-3);
        AssertUniform(bias, 1 / Math.Sqrt(2048), tolerance: 0.3);
    }

    public static TheoryData<string> TorchDefault() => ["resnet18.a1_in1k", "inception_resnet_v2.tf_in1k", "alexnet"];

    [Theory]
    [MemberData(nameof(TorchDefault))]
    public void Family_WithoutOwnRule_HasTorchsDefault(string name)
    {
        using var model = ModelCatalog.Create(ModelCatalog.Get(name), Classes);
        var (weight, bias) = Classifier(model);
        double bound = 1 / Math.Sqrt(model.HeadHiddenSize);
        AssertUniform(weight, bound);
        AssertUniform(bias, bound, tolerance: 0.3);
    }

    [Fact]
    public void Encoders_New_HaveTheFamiliesSpread()
    {
        using var vgg = new Vgg(new Vgg.Options([[64, 64]]), 0);
        using var dense = new DenseNet(new DenseNet.Options(32, [2, 2]), 0);
        using var efficient = new EfficientNet(new EfficientNet.Options(1, 1), 0);
        using var inception = new InceptionV3(0);
        AssertStd(vgg, "features.2.weight", Math.Sqrt(2.0 / (9 * 64)));                // He, fan-out
        AssertStd(dense, "features.denseblock2.denselayer1.conv2.weight", Math.Sqrt(2.0 / (9 * 128))); // He, fan-in
        AssertStd(efficient, "blocks.2.1.conv_dw.weight", Math.Sqrt(2.0 / 25));        // He, fan-out of one group
        AssertStd(efficient, "conv_head.weight", Math.Sqrt(2.0 / 1280));
        AssertStd(inception, "Mixed_6b.branch7x7_3.conv.weight", 0.1);
    }

    private static (Tensor Weight, Tensor Bias) Classifier(ImageModel model)
    {
        var classifier = (Linear)model.GetClassifier()!;
        return (classifier.weight!, classifier.bias!);
    }

    private static double Std(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.std(unbiased: false).item<float>();
    }

    private static double Largest(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.abs().max().item<float>();
    }

    private static void AssertUniform(Tensor tensor, double bound, double tolerance = 0.03)
    {
        Assert.InRange(Largest(tensor), 0.8 * bound, bound);
        Assert.InRange(Std(tensor) / (bound / Math.Sqrt(3)), 1 - tolerance, 1 + tolerance);
    }

    private static void AssertStd(ImageModel model, string key, double std) =>
        Assert.InRange(Std(model.get_parameter(key)!) / std, 0.95, 1.05);
}
