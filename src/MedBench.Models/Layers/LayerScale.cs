using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Models.Layers;

/// <summary>A trainable factor per channel of the last dimension (timm's <c>LayerScale</c>; Touvron et al. 2021).</summary>
public sealed class LayerScale : Block
{
    /// <summary>Makes the layer with every factor at <paramref name="initial"/>.</summary>
    public LayerScale(int width, double initial) => AddParameter("gamma", full([width], initial, ScalarType.Float32));

    // Looked up each time: moving a module to another device replaces its parameters.
    private Parameter Gamma => get_parameter("gamma")!;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x * Gamma;
}
