using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>Two linear layers with an activation between them, over the last dimension (timm's <c>Mlp</c>).</summary>
public sealed class Mlp : Block
{
    private readonly Linear _fc1, _fc2;
    private readonly Activation _activation;

    /// <summary>Makes the layer.</summary>
    public Mlp(int width, int hidden, Activation activation = Activation.Gelu)
    {
        _activation = activation;
        _fc1 = Add("fc1", Linear(width, hidden));
        _fc2 = Add("fc2", Linear(hidden, width));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => _fc2.call(_activation.Apply(_fc1.call(x)));
}
