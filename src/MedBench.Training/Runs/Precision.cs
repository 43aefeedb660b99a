namespace MedBench.Training.Runs;

/// <summary>Arithmetic of a run.</summary>
public enum Precision
{
    /// <summary>
    /// float32 as PyTorch runs it by default, and so the papers' code: on a GPU from Ampere on, convolutions in TF32 and matrix
    /// products in float32; on a CPU, float32 throughout.
    /// </summary>
    Fp32,

    /// <summary>float32 throughout, convolutions on a GPU included.</summary>
    Fp32Strict,

    /// <summary>TF32 (10 bits of fraction) in convolutions and matrix products; CUDA only.</summary>
    Tf32,

    /// <summary>bfloat16 layers with float32 masters, optimiser, BatchNorm and loss.</summary>
    BF16,
}
