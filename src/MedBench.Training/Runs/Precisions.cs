using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Training.Runs;

/// <summary>What a <see cref="Precision"/> means on a device.</summary>
public static class Precisions
{
    /// <summary>Prepares this process and <paramref name="model"/>, which has its weights and is on its device.</summary>
    /// <param name="precision">Arithmetic.</param>
    /// <param name="model">The model.</param>
    /// <param name="device">Its device.</param>
    /// <param name="onFeatures">Whether its classifier sees cached features, which are float32, and not images.</param>
    /// <remarks>TF32 is a switch of the whole process.</remarks>
    /// <exception cref="MedBenchException">The device has no such arithmetic.</exception>
    public static void Apply(this Precision precision, ImageModel model, Device device, bool onFeatures)
    {
        precision.Require(device);
        if (device.type == DeviceType.CUDA)
        {
            backends.cudnn.allow_tf32 = precision is not Precision.Fp32Strict;
            backends.cuda.matmul.allow_tf32 = precision is Precision.Tf32;
        }
        if (precision == Precision.BF16) model.UseBFloat16(exceptClassifier: onFeatures);
    }

    /// <summary>Checks that <paramref name="device"/> has this arithmetic.</summary>
    /// <exception cref="MedBenchException">It has not.</exception>
    public static void Require(this Precision precision, Device device)
    {
        if (device.type != DeviceType.CUDA && precision is Precision.Tf32 or Precision.Fp32Strict)
            throw new MedBenchException($"precision {precision.Name()} is a setting of CUDA devices", "on a CPU use fp32, which is strict there, or bf16");
    }

    /// <summary>What a reader of the result should know about arithmetic and repeatability; nothing for float32 on a CPU, where the same run ends with the same bits.</summary>
    public static IReadOnlyList<string> Notes(this Precision precision, Device device)
    {
        var notes = new List<string>();
        if (precision == Precision.BF16)
            notes.Add("precision: bfloat16 layers with float32 masters, optimiser, BatchNorm, loss and stored features; matrix products and convolutions add up in float32 or as the device does");
        if (device.type != DeviceType.CUDA) return notes;
        notes.Add(precision switch
        {
            Precision.Fp32 => "precision: float32, with TF32 in convolutions and not in matrix products where the GPU has it (PyTorch's default)",
            Precision.Fp32Strict => "precision: float32 throughout, TF32 off",
            Precision.Tf32 => "precision: TF32 in convolutions and matrix products",
            _ => "precision: float32 parts with TF32 in convolutions",
        });
        notes.Add("CUDA: not bit for bit repeatable. Seed, order of images, initialisation and dropout are fixed; the order of sums in atomic additions "
            + "(backward passes of pooling, indexing and interpolation) and cuDNN's and cuBLAS's choice of algorithm are not, and TorchSharp has no use_deterministic_algorithms. "
            + $"CUBLAS_WORKSPACE_CONFIG={Environment.GetEnvironmentVariable("CUBLAS_WORKSPACE_CONFIG") ?? "(unset)"}");
        return notes;
    }
}
