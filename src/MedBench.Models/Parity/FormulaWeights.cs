using System.Runtime.InteropServices;
using MedBench.Models.StateDicts;
using static TorchSharp.torch;

namespace MedBench.Models.Parity;

/// <summary>
/// Weights from a formula that is easy to repeat in any language, so that stacks can be compared without a checkpoint:
/// FNV-1a of the tensor's name and a murmur3 finaliser of the element's index, in float64, cast to float32.
/// It says nothing about a published result: only that two implementations compute the same function.
/// </summary>
public static class FormulaWeights
{
    /// <summary>Fills every tensor of <paramref name="model"/> in place, each by <see cref="FillOf"/>.</summary>
    public static void Fill(nn.Module model)
    {
        foreach (var (name, tensor) in StateDict.Of(model)) FillTensor(tensor, name);
    }

    /// <summary>Which fill a tensor gets, by the last part of its name and its number of dimensions.</summary>
    public static FormulaFill FillOf(string name, int dimensions) => name[(name.LastIndexOf('.') + 1)..] switch
    {
        "num_batches_tracked" => FormulaFill.Zero,
        "running_var" => FormulaFill.Var,
        "running_mean" or "bias" => FormulaFill.Shift,
        "gamma" => FormulaFill.Gamma,
        "weight" => dimensions > 1 ? FormulaFill.Matrix : FormulaFill.Scale,
        _ => FormulaFill.Embed,
    };

    /// <summary>A float32 tensor of <paramref name="shape"/> with elements 2·v in [-1, 1): the golden input batch.</summary>
    public static Tensor Input(string key, params long[] shape)
    {
        var tensor = empty(shape, ScalarType.Float32);
        var values = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        uint hash = Fnv1a(key);
        for (int i = 0; i < values.Length; i++) values[i] = (float)(2 * Value((uint)i, hash));
        return tensor;
    }

    /// <summary>32-bit FNV-1a over the UTF-8 bytes of <paramref name="key"/>.</summary>
    public static uint Fnv1a(string key)
    {
        uint hash = 2166136261;
        foreach (byte b in System.Text.Encoding.UTF8.GetBytes(key)) hash = unchecked((hash ^ b) * 16777619);
        return hash;
    }

    /// <summary>Element <paramref name="index"/> of the tensor whose name has the hash <paramref name="hash"/>, in [-0.5, 0.5).</summary>
    public static double Value(uint index, uint hash)
    {
        unchecked
        {
            uint u = index * 2654435761u + hash;
            u ^= u >> 16;
            u *= 0x85ebca6b;
            u ^= u >> 13;
            u *= 0xc2b2ae35;
            u ^= u >> 16;
            return u / 4294967296.0 - 0.5;
        }
    }

    private static void FillTensor(Tensor tensor, string name)
    {
        using var _ = no_grad();
        var fill = FillOf(name, (int)tensor.dim());
        if (fill == FormulaFill.Zero)
        {
            tensor.fill_(0);
            return;
        }
        uint hash = Fnv1a(name);
        double matrixScale = fill == FormulaFill.Matrix ? Math.Sqrt(12 / ((double)tensor.numel() / tensor.shape[0])) : 1;
        using var cpu = empty(tensor.shape, ScalarType.Float32);
        var values = MemoryMarshal.Cast<byte, float>(cpu.bytes);
        for (int i = 0; i < values.Length; i++)
        {
            double v = Value((uint)i, hash);
            values[i] = (float)(fill switch
            {
                FormulaFill.Var => 1 + 0.5 * (v + 0.5),
                FormulaFill.Embed => 0.5 * v,
                FormulaFill.Gamma => 0.5 + 0.2 * v,
                FormulaFill.Matrix => v * matrixScale,
                FormulaFill.Scale => 1 + 0.2 * v,
                _ => 0.2 * v,
            });
        }
        tensor.copy_(cpu);
    }
}
