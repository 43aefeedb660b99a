using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Training.Optimization;

/// <summary>
/// Parameters and their gradients in two contiguous buffers; the parameters become views of the first, their
/// gradients of the second. An optimiser then needs a handful of calls a step, whatever the number of tensors.
/// </summary>
/// <remarks>
/// Parameters of bfloat16 are views of buffers of their own; the optimiser works on float32 masters of them, which come
/// last in <see cref="Values"/>. A step too small for bfloat16's 8 bits so still counts.
/// </remarks>
public sealed class ParameterBuffer : IDisposable
{
    // Every parameter starts on a 64-byte boundary, as kernels like it; the gap's gradient stays 0.
    private const long Alignment = 16;

    private readonly Tensor? _shortValues, _shortGradients;
    private readonly Tensor? _masters, _masterGradients;

    /// <summary>Moves <paramref name="parameters"/> into the buffers; their values are kept.</summary>
    /// <param name="parameters">All on one device, and of one dtype or some of that and others of bfloat16.</param>
    public ParameterBuffer(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Count == 0) throw new ArgumentException("an optimiser needs at least one parameter", nameof(parameters));
        var whole = parameters.Where(p => p.dtype != ScalarType.BFloat16).ToList();
        var halves = parameters.Where(p => p.dtype == ScalarType.BFloat16).ToList();
        long wholeLength = whole.Sum(Padded), halfLength = halves.Sum(Padded);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Values = zeros(wholeLength + halfLength, whole.FirstOrDefault()?.dtype ?? ScalarType.Float32, parameters[0].device).DetachFromDisposeScope();
        Gradients = zeros_like(Values).DetachFromDisposeScope();
        Move(whole, Values, Gradients);
        if (halves.Count == 0) return;
        _shortValues = zeros(halfLength, ScalarType.BFloat16, parameters[0].device).DetachFromDisposeScope();
        _shortGradients = zeros_like(_shortValues).DetachFromDisposeScope();
        Move(halves, _shortValues, _shortGradients);
        _masters = Values.narrow(0, wholeLength, halfLength).DetachFromDisposeScope();
        _masterGradients = Gradients.narrow(0, wholeLength, halfLength).DetachFromDisposeScope();
        _masters.copy_(_shortValues);
    }

    /// <summary>All values, one after the other (aligned).</summary>
    public Tensor Values { get; }

    /// <summary>All gradients, in the layout of <see cref="Values"/>; <c>backward</c> adds to them in place, to those of bfloat16 after <see cref="CollectGradients"/>.</summary>
    public Tensor Gradients { get; }

    /// <summary>Whether <see cref="Values"/> holds more than the parameters themselves do.</summary>
    public bool HasMasters => _masters is not null;

    /// <summary>Sets all gradients to zero.</summary>
    /// <remarks>Not by <c>zero_()</c>, which in TorchSharp up to 0.106 returns zeros and leaves the tensor as it is.</remarks>
    public void ZeroGradients()
    {
        using Scalar zero = 0; // Held: TorchSharp does not keep one alive during a call.
        Gradients.fill_(zero);
        _shortGradients?.fill_(zero);
    }

    /// <summary>Copies the gradients of bfloat16 parameters into <see cref="Gradients"/>.</summary>
    public void CollectGradients() => _masterGradients?.copy_(_shortGradients!);

    /// <summary>Rounds the masters into the bfloat16 parameters.</summary>
    public void PublishValues() => _shortValues?.copy_(_masters!);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { Values, Gradients, _shortValues, _shortGradients, _masters, _masterGradients }) tensor?.Dispose();
    }

    private static long Padded(Parameter parameter) => (parameter.numel() + Alignment - 1) / Alignment * Alignment;

    private static void Move(IEnumerable<Parameter> parameters, Tensor allValues, Tensor allGradients)
    {
        long offset = 0;
        foreach (var parameter in parameters)
        {
            var values = allValues.narrow(0, offset, parameter.numel()).view(parameter.shape);
            values.copy_(parameter);
            parameter.set_(values);
            parameter.grad = allGradients.narrow(0, offset, parameter.numel()).view(parameter.shape);
            offset += Padded(parameter);
        }
    }
}
