using static TorchSharp.torch;

namespace MedBench.Training.Batches;

/// <summary>Inputs and labels of one step, on the training device; valid until the next batch is read.</summary>
/// <param name="Input">Images (n, 3, H, W) or features (n, D), float32.</param>
/// <param name="Labels">Labels in the form that the objective's loss takes.</param>
public readonly record struct Batch(Tensor Input, Tensor Labels);
