using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Training.Optimization;

/// <summary>
/// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019) as PyTorch computes them
/// (<c>torch/optim/adamw.py</c>, single-tensor form), over one flat buffer.
/// </summary>
public sealed class FlatAdam : IDisposable
{
    private readonly ParameterBuffer _buffer;
    private readonly AdamOptions _options;
    private readonly Tensor _firstMoment, _secondMoment;

    /// <summary>Takes over <paramref name="parameters"/>: they become views of one buffer, and so do their gradients.</summary>
    public FlatAdam(IReadOnlyList<Parameter> parameters, AdamOptions options)
    {
        _options = options;
        LearningRate = options.LearningRate;
        _buffer = new ParameterBuffer(parameters);
        _firstMoment = zeros_like(_buffer.Values).DetachFromDisposeScope();
        _secondMoment = zeros_like(_buffer.Values).DetachFromDisposeScope();
    }

    /// <summary>Step size of the next <see cref="Step"/>; schedules set it.</summary>
    public double LearningRate { get; set; }

    /// <summary>Steps taken so far; restored together with <see cref="State"/>.</summary>
    public long Steps { get; set; }

    /// <summary>The moments, and the masters of bfloat16 parameters, by name and live: what a checkpoint saves beside the parameters.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State =>
        [("exp_avg", _firstMoment), ("exp_avg_sq", _secondMoment), .. _buffer.HasMasters ? [("master", _buffer.Values)] : Array.Empty<(string, Tensor)>()];

    /// <summary>Sets all gradients to zero, in one call.</summary>
    public void ZeroGradients() => _buffer.ZeroGradients();

    /// <summary>One update of all parameters from their gradients, whose buffer serves as scratch space: call <see cref="ZeroGradients"/> before the next backward pass.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Steps++;
        _buffer.CollectGradients();
        var (values, gradients) = (_buffer.Values, _buffer.Gradients);
        double correction1 = 1 - Math.Pow(_options.Beta1, Steps), correction2 = 1 - Math.Pow(_options.Beta2, Steps);
        // Held by name: TorchSharp does not keep a Scalar alive during a call, and the collector may free one that libtorch is about to read (docs/faults.md).
        using Scalar decay = _options.WeightDecay, shrink = 1 - LearningRate * _options.WeightDecay, beta2 = _options.Beta2, toSecond = 1 - _options.Beta2;
        using Scalar root2 = Math.Sqrt(correction2), epsilon = _options.Epsilon, step = -LearningRate / correction1;
        if (_options is { WeightDecay: > 0, Decoupled: true }) values.mul_(shrink);
        if (_options is { WeightDecay: > 0, Decoupled: false }) gradients.add_(values, decay);
        _firstMoment.lerp_(gradients, 1 - _options.Beta1); // A tensor of the scope: there is no form with a Scalar.
        _secondMoment.mul_(beta2).addcmul_(gradients, gradients, toSecond);
        var denominator = gradients.copy_(_secondMoment).sqrt_().div_(root2).add_(epsilon);
        values.addcdiv_(_firstMoment, denominator, step);
        _buffer.PublishValues();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer.Dispose();
        _firstMoment.Dispose();
        _secondMoment.Dispose();
    }
}
