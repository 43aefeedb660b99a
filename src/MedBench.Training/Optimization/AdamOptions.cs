namespace MedBench.Training.Optimization;

/// <summary>Hyper-parameters of <see cref="FlatAdam"/>, with PyTorch's defaults for AdamW.</summary>
/// <param name="LearningRate">Step size.</param>
/// <param name="WeightDecay">λ; PyTorch's AdamW has 0.01 (TorchSharp's own has 0), its Adam 0.</param>
/// <param name="Decoupled">True for AdamW (decay applied to the weights), false for Adam (L2 term in the gradient).</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the denominator.</param>
public sealed record AdamOptions(
    double LearningRate,
    double WeightDecay = 0.01,
    bool Decoupled = true,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8);
