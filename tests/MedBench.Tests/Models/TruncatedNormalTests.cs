using MedBench.Models.Layers;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

public sealed class TruncatedNormalTests
{
    // Standard deviation of a standard normal cut at ±2: sqrt(1 - 4 φ(2) / (2 Φ(2) - 1)).
    [Theory]
    [InlineData(0.02, 0.02)]
    [InlineData(0.1, 0.1)]
    [InlineData(1, 0.87962566)]
    public void Fill_OfAMillion_HasTheSpreadOfTheDistribution(double std, double expected)
    {
        using var scope = NewDisposeScope();
        var weights = zeros(1000, 1000);
        TruncatedNormal.Fill(weights, std);
        Assert.InRange(weights.std().item<float>() / expected, 0.995, 1.005);
        Assert.InRange(weights.mean().item<float>() / expected, -0.005, 0.005);
        Assert.InRange(weights.abs().max().item<float>(), Math.Min(4 * std, 1.99), 2);
        // 31.7 % lie outside one std of an uncut normal; a cut at 2 std leaves 28.5 %.
        double outside = weights.abs().gt(std).to(ScalarType.Float32).mean().item<float>();
        Assert.Equal(std < 1 ? 0.3173 : 0.2847, outside, 0.005);
    }
}
