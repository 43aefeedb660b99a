namespace MedBench.Training.Recipes;

/// <summary>Arithmetic of a run. What is asked for stands in recipes and options; what was effectively used is part of a run's identity (<see cref="Runs.Precisions.Effective"/>).</summary>
public enum Precision
{
    /// <summary>float32: on a CPU throughout; on CUDA as the recipe's code runs there, which is one of the next two.</summary>
    Fp32,

    /// <summary>CUDA, float32 throughout, convolutions included.</summary>
    Fp32Strict,

    /// <summary>CUDA, PyTorch's default: on a GPU from Ampere on, convolutions in TF32 (10 bits of fraction) and matrix products in float32.</summary>
    Tf32Convolutions,

    /// <summary>CUDA, TF32 in convolutions and matrix products.</summary>
    Tf32,

    /// <summary>bfloat16 layers with float32 masters, optimiser, BatchNorm and loss.</summary>
    BF16,
}
