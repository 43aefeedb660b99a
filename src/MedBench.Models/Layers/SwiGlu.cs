using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>Gated MLP silu(gate(x)) · value(x), LayerNorm, output projection (timm's <c>SwiGLU</c> with <c>scale_mlp</c>; Shazeer 2020).</summary>
public sealed class SwiGlu : Block
{
    private readonly Linear _gate, _value, _fc2;
    private readonly LayerNorm _norm;

    /// <summary>Makes the layer.</summary>
    public SwiGlu(int width, int hidden, double normEps)
    {
        _gate = Add("fc1_g", Linear(width, hidden));
        _value = Add("fc1_x", Linear(width, hidden));
        _norm = Add("norm", LayerNorm(hidden, normEps));
        _fc2 = Add("fc2", Linear(hidden, width));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => _fc2.call(_norm.call(functional.silu(_gate.call(x)) * _value.call(x)));
}
