using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Training.Heads;

/// <summary>One hidden layer with GELU, then a linear classifier, on pre-logit features (N, width); torch's default initialisation.</summary>
public sealed class MlpHead : Block
{
    private readonly Linear _hidden, _classifier;

    /// <summary>Makes the head.</summary>
    /// <param name="width">Width of the features.</param>
    /// <param name="hidden">Width of the hidden layer.</param>
    /// <param name="outputs">Logits.</param>
    public MlpHead(int width, int hidden, int outputs)
    {
        _hidden = Add("fc1", Linear(width, hidden));
        _classifier = Add("fc2", Linear(hidden, outputs));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => _classifier.call(functional.gelu(_hidden.call(x)));
}
