using MedBench.Cli.Bench;
using MedBench.Models.Catalog;
using static TorchSharp.torch;

namespace MedBench.Tests.Cli.Bench;

public sealed class LinearBenchTests
{
    [Fact]
    public void BothWays_ComputeTheSame()
    {
        using var scope = NewDisposeScope();
        Tensor tokens = arange(2 * 5 * 6).view(2, 5, 6).cos(), weight = arange(4 * 6).view(4, 6).sin(), bias = arange(4).cos();
        var product = LinearBench.Product(tokens, weight, bias);
        Assert.Equal([2, 5, 4], product.shape);
        Assert.InRange((product - LinearBench.Convolution(tokens, weight, bias)).abs().max().item<float>(), 0, 1e-5f);
    }

    [Fact]
    public void Measure_KnowsWhichLayersAreOverTokens()
    {
        var bench = new LinearBench(new Timing(TimeSpan.Zero), CPU);
        Assert.Empty(bench.Measure(ModelCatalog.Get("resnet18.cifar"), 28, 1));
        var figures = bench.Measure(ModelCatalog.Get("vit_small_patch16_224.dino"), 224, 1).ToDictionary(f => f.Work.Name);
        Assert.Equal(["linear", "linear-step"], figures.Keys.Order(StringComparer.Ordinal));
        Assert.All(figures.Values, f => Assert.Contains("as 1×1 convolutions", f.Remark, StringComparison.Ordinal));
    }
}
