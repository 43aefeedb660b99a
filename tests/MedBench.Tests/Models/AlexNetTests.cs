using MedBench.Models.Families;
using MedBench.Models.StateDicts;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

/// <summary>AlexNet has no golden file: its keys and shapes are torchvision's, and a forward pass is followed by hand.</summary>
[Collection(BackboneCollection.Name)]
public sealed class AlexNetTests
{
    // torchvision/models/alexnet.py with 1000 classes: features and classifier are plain Sequentials.
    private static readonly (string Name, long[] Shape)[] s_torchvision =
    [
        ("features.0.weight", [64, 3, 11, 11]), ("features.0.bias", [64]),
        ("features.3.weight", [192, 64, 5, 5]), ("features.3.bias", [192]),
        ("features.6.weight", [384, 192, 3, 3]), ("features.6.bias", [384]),
        ("features.8.weight", [256, 384, 3, 3]), ("features.8.bias", [256]),
        ("features.10.weight", [256, 256, 3, 3]), ("features.10.bias", [256]),
        ("classifier.1.weight", [4096, 9216]), ("classifier.1.bias", [4096]),
        ("classifier.4.weight", [4096, 4096]), ("classifier.4.bias", [4096]),
        ("classifier.6.weight", [1000, 4096]), ("classifier.6.bias", [1000]),
    ];

    [Fact]
    public void StateDict_With1000Classes_EqualsTorchvisions()
    {
        using var model = new AlexNet(1000);
        var entries = StateDict.Of(model);
        Assert.Equal(s_torchvision.Select(e => e.Name), entries.Select(e => e.Name));
        Assert.All(s_torchvision.Zip(entries), e => Assert.Equal(e.First.Shape, e.Second.Tensor.shape));
        Assert.Equal(61_100_840, model.parameters().Sum(p => p.numel()));
    }

    /// <summary>
    /// Every layer passes channel 0 through its kernel's centre, so that only strides, padding and pooling act. On an image
    /// whose pixels grow with row and column each 3×3 maximum is its last element: output i of the three poolings is
    /// index 8i + 14 of the first convolution, whose centre (stride 4, padding 2, kernel 11) is pixel 4 (8i + 14) + 3 = 32i + 59.
    /// </summary>
    [Fact]
    public void Forward_WithPassThroughWeights_ReadsThePixelsFoundByHand()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new AlexNet(36);
        foreach (var (name, parameter) in model.named_parameters())
        {
            parameter.fill_(0);
            if (parameter.dim() == 4) parameter[0, 0, parameter.shape[2] / 2, parameter.shape[3] / 2] = ones(1)[0];
            if (parameter.dim() == 2) parameter.copy_(eye(parameter.shape[0], parameter.shape[1]));
        }
        var image = zeros(1, 3, 224, 224);
        image[0, 0] = arange(224, dtype: ScalarType.Float32).mul(224).unsqueeze(1) + arange(224, dtype: ScalarType.Float32);
        model.eval();

        var expected = Enumerable.Range(0, 36).Select(i => (32 * (i / 6) + 59) * 224f + 32 * (i % 6) + 59);
        Assert.Equal(expected, model.forward(image).data<float>().ToArray());
        Assert.Equal(expected, model.PreLogits(image).data<float>().ToArray().Take(36));
    }

    [Fact]
    public void Dropout_IsActiveInTrainingOnly()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new AlexNet(3);
        var image = rand(1, 3, 224, 224);
        Assert.True(model.HasBatchDependentFeatures);

        model.eval();
        Assert.True(model.forward(image).Equals(model.forward(image)));
        model.train();
        Assert.False(model.forward(image).Equals(model.forward(image)));
    }
}
