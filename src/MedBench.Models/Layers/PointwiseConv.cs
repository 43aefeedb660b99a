using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>
/// A 1×1 convolution without bias as the matrix product that it is, in channels-last memory: (N, C, H, W) to (N, outputs, H, W). Its weight has a convolution's key and shape.
/// On a processor that hides its caches, as in some virtual machines, libtorch 2.10's own kernel divides by zero and ends the process where
/// channels go from 1024 to 512 (oneDNN, <c>brg_blocking_t::est_eff_1x1</c>): DenseNet-121's last transition.
/// </summary>
public sealed class PointwiseConv : Block, ICountsMacs
{
    private readonly int _inputs, _outputs;

    /// <summary>Makes the layer; its weight is left to the owner to initialise.</summary>
    public PointwiseConv(int inputs, int outputs)
    {
        (_inputs, _outputs) = (inputs, outputs);
        AddParameter("weight", zeros(outputs, inputs, 1, 1));
    }

    /// <summary>The weight (outputs, inputs, 1, 1).</summary>
    // Looked up each time: moving a module to another device replaces its parameters.
    public Tensor Weight => get_parameter("weight")!;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => functional.linear(x.permute(0, 2, 3, 1), Weight.flatten(1)).permute(0, 3, 1, 2);

    long ICountsMacs.Macs(ReadOnlySpan<long> shape) => shape[0] * shape[2] * shape[3] * _inputs * _outputs;
}
