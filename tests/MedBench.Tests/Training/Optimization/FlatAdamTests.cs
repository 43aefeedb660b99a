using MedBench.Training.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Optimization;

[Collection(TorchCollection.Name)]
public sealed class FlatAdamTests
{
    private const int Steps = 20;

    [Theory]
    [InlineData(true, 0.01)]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(false, 5e-4)]
    public void Step_TwentyTimes_EqualsTorchSharpsPerTensorForm(bool decoupled, double decay)
    {
        using var ours = Net();
        using var theirs = Net();
        using var flat = new FlatAdam(Parameters(ours), new AdamOptions(1e-3, decay, decoupled));
        using optim.Optimizer reference = decoupled
            ? optim.AdamW(theirs.parameters(), 1e-3, weight_decay: decay)
            : optim.Adam(theirs.parameters(), 1e-3, weight_decay: decay);
        for (int step = 0; step < Steps; step++)
        {
            double rate = 1e-3 / (1 + step);
            flat.LearningRate = rate;
            foreach (var group in reference.ParamGroups) group.LearningRate = rate;
            flat.ZeroGradients();
            Loss(ours, step).backward();
            flat.Step();
            reference.zero_grad();
            Loss(theirs, step).backward();
            reference.step();
        }
        foreach (var (mine, other) in Parameters(ours).Zip(Parameters(theirs)))
            Assert.True((mine - other).abs().max().item<float>() < 1e-6, $"{mine.name}: {(mine - other).abs().max().item<float>():E1}");
        using var fresh = Net();
        Assert.True((Parameters(ours)[0] - Parameters(fresh)[0]).abs().max().item<float>() > 1e-3, "nothing was trained");
    }

    [Fact]
    public void State_CopiedIntoAnother_ContinuesWithTheSameBits()
    {
        using var whole = Net();
        using var first = Net();
        using var second = Net();
        using var wholeAdam = new FlatAdam(Parameters(whole), new AdamOptions(1e-2));
        using var firstAdam = new FlatAdam(Parameters(first), new AdamOptions(1e-2));
        using var secondAdam = new FlatAdam(Parameters(second), new AdamOptions(1e-2));
        Train(whole, wholeAdam, 0, 8);
        Train(first, firstAdam, 0, 3);

        using (no_grad())
        {
            foreach (var (from, to) in Parameters(first).Zip(Parameters(second))) to.copy_(from);
            foreach (var (from, to) in firstAdam.State.Zip(secondAdam.State)) to.Tensor.copy_(from.Tensor);
        }
        secondAdam.Steps = firstAdam.Steps;
        Train(second, secondAdam, 3, 8);

        foreach (var (expected, actual) in Parameters(whole).Zip(Parameters(second))) Assert.True(expected.eq(actual).all().item<bool>(), "other bits");
    }

    [Fact]
    public void Parameters_KeepTheirValuesAndBecomeViewsOfOneBuffer()
    {
        using var net = Net();
        using var untouched = Net();
        var parameters = Parameters(net);
        using var buffer = new ParameterBuffer(parameters);
        foreach (var (mine, other) in parameters.Zip(Parameters(untouched))) Assert.True(mine.eq(other).all().item<bool>());

        using (no_grad()) buffer.Values.fill_(2);
        Assert.All(parameters, p => Assert.True(p.eq(2).all().item<bool>()));

        for (int pass = 1; pass <= 2; pass++)
        {
            (parameters[0].sum() * 3).backward();
            Assert.True(parameters[0].grad!.eq(3 * pass).all().item<bool>(), "gradients of two passes add up");
            Assert.Equal(3.0 * pass * parameters[0].numel(), buffer.Gradients.sum().item<float>(), 3);
        }
    }

    // A step of 1e-4 on weights of 1 is a twentieth of what bfloat16 can tell apart there.
    [Fact]
    public void Step_BFloat16_CountsStepsBelowItsResolution()
    {
        using var weights = new Parameter(ones(5, ScalarType.BFloat16));
        using var exact = new Parameter(ones(3));
        using var adam = new FlatAdam([weights, exact], new AdamOptions(1e-4, WeightDecay: 0));
        for (int step = 1; step <= 100; step++)
        {
            adam.ZeroGradients();
            (weights.to(ScalarType.Float32).sum() + exact.sum()).backward();
            adam.Step();
            if (step == 1) Assert.True(weights.eq(1).all().item<bool>());
        }
        Assert.Equal(ScalarType.BFloat16, weights.dtype);
        Assert.Equal(0.99f, exact[0].item<float>(), 1e-4f);
        Assert.Equal(exact[0].to(ScalarType.BFloat16).to(ScalarType.Float32).item<float>(), weights[4].to(ScalarType.Float32).item<float>());
        Assert.Equal(["exp_avg", "exp_avg_sq", "master"], adam.State.Select(s => s.Name));
    }

    private static void Train(nn.Module<Tensor, Tensor> net, FlatAdam adam, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            adam.ZeroGradients();
            Loss(net, step).backward();
            adam.Step();
        }
    }

    private static List<Parameter> Parameters(nn.Module net) => [.. net.parameters()];

    private static nn.Module<Tensor, Tensor> Net()
    {
        manual_seed(1);
        // No bias before BatchNorm: its gradient is nothing but rounding, which Adam would make steps of full size.
        return nn.Sequential(nn.Conv2d(3, 5, 3, bias: false), nn.BatchNorm2d(5), nn.ReLU(), nn.Flatten(), nn.Linear(5 * 6 * 6, 3));
    }

    private static Tensor Loss(nn.Module<Tensor, Tensor> net, int step)
    {
        manual_seed(100 + step);
        return nn.functional.cross_entropy(net.forward(randn(4, 3, 8, 8)), tensor(new long[] { 0, 1, 2, 1 }));
    }
}
