using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Training.Optimization;

/// <summary>
/// Parameters and their gradients in two contiguous buffers; the parameters become views of the first, their
/// gradients of the second. An optimiser then needs a handful of calls a step, whatever the number of tensors.
/// </summary>
public sealed class ParameterBuffer : IDisposable
{
    // Every parameter starts on a 64-byte boundary, as kernels like it; the gap's gradient stays 0.
    private const long Alignment = 16;

    /// <summary>Moves <paramref name="parameters"/> (all of one device and dtype) into the buffers; their values are kept.</summary>
    public ParameterBuffer(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Count == 0) throw new ArgumentException("an optimiser needs at least one parameter", nameof(parameters));
        var offsets = new long[parameters.Count];
        long total = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            offsets[i] = total;
            total += (parameters[i].numel() + Alignment - 1) / Alignment * Alignment;
        }
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Values = zeros(total, parameters[0].dtype, parameters[0].device).DetachFromDisposeScope();
        Gradients = zeros_like(Values).DetachFromDisposeScope();
        for (int i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            var values = Values.narrow(0, offsets[i], parameter.numel()).view(parameter.shape);
            values.copy_(parameter);
            parameter.set_(values);
            parameter.grad = Gradients.narrow(0, offsets[i], parameter.numel()).view(parameter.shape);
        }
    }

    /// <summary>All values, one after the other (aligned).</summary>
    public Tensor Values { get; }

    /// <summary>All gradients, in the layout of <see cref="Values"/>; <c>backward</c> adds to them in place.</summary>
    public Tensor Gradients { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        Gradients.Dispose();
    }
}
