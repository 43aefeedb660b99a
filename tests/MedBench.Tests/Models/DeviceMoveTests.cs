using MedBench.Models.Catalog;
using MedBench.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

/// <summary>What moves with a model to another device. No GPU is needed to see it: libtorch's meta device takes any tensor, and few operations.</summary>
[Collection(BackboneCollection.Name)]
public sealed class DeviceMoveTests
{
    [Theory]
    [InlineData("resnet18.cifar")]
    [InlineData("eva02_base_patch14_224.mim_in22k")]
    [InlineData("samvit_base_patch16.sa1b")]
    public void To_AnotherDevice_MovesParametersAndBuffers(string name)
    {
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(ModelCatalog.Get(name), 7, 224);
        model.to(META);
        Assert.All(model.named_parameters(), p => Assert.True(p.parameter.device_type == DeviceType.META, p.name));
        Assert.All(model.named_buffers(), b => Assert.True(b.buffer.device_type == DeviceType.META, b.name));
    }

    // Where named_buffers does not look: this failed on the first GPU that saw it.
    [Fact]
    public void Rotary_OnAnotherDevice_HasItsTablesThere()
    {
        using var scope = NewDisposeScope();
        using var rotary = new RotaryEmbedding(8, 3, 3);
        rotary.to(META);
        Assert.Equal(DeviceType.META, rotary.call(zeros(1, 2, 10, 8, device: META)).device_type);
    }

    // TorchSharp's own buffers outside the state dict stay behind: use Block.AddTable.
    [Fact]
    public void Source_RegistersNoBufferOutsideTheStateDict() =>
        Assert.DoesNotContain(Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories), f => File.ReadAllText(f).Contains(", persistent: false", StringComparison.Ordinal));
}
