using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Models;
using MedBench.Models.Onnx;
using MedBench.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Training.Runs;

/// <summary>What a <see cref="Precision"/> means on a device.</summary>
public static class Precisions
{
    /// <summary>What is effectively used: asked for float32, a CPU computes in it throughout, and CUDA as the code of the recipe's paper does.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="device">Where.</param>
    /// <param name="recipe">Whose protocol.</param>
    public static Precision Effective(this Precision asked, DeviceType device, Recipe recipe) => asked == Precision.Fp32 && device == DeviceType.CUDA ? recipe.Precision : asked;

    /// <summary>Whether this, effectively used, is the arithmetic of the recipe's paper: its own on CUDA, or float32 on a CPU. Such runs are of the paper's plain cell.</summary>
    public static bool IsOf(this Precision effective, Recipe recipe) => effective == Precision.Fp32 || effective == recipe.Precision;

    /// <summary>Whether a recipe may name it: float32 on CUDA, in one way or another.</summary>
    public static bool IsOfCode(this Precision precision) => precision is Precision.Fp32Strict or Precision.Tf32Convolutions or Precision.Tf32;

    /// <summary>Prepares this process and <paramref name="model"/>, which has its weights and is on its device.</summary>
    /// <param name="precision">Effective arithmetic.</param>
    /// <param name="model">The model.</param>
    /// <param name="device">Its device.</param>
    /// <param name="onFeatures">Whether its classifier sees cached features, which are float32, and not images.</param>
    /// <remarks>TF32 is a switch of the whole process.</remarks>
    /// <exception cref="MedBenchException">The device has no such arithmetic.</exception>
    public static void Apply(this Precision precision, ImageModel model, Device device, bool onFeatures)
    {
        precision.Require(device);
        if (precision == Precision.BF16 && model is OnnxEncoder)
            throw new MedBenchException("precision bf16 beside an ONNX graph: it computes in the types that it was exported with", "leave --precision out");
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
        if (device.type != DeviceType.CUDA && precision.IsOfCode())
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
            Precision.Tf32Convolutions => "precision: float32, with TF32 in convolutions and not in matrix products where the GPU has it (PyTorch's default)",
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
