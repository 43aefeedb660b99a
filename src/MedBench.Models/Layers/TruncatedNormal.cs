using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Models.Layers;

/// <summary>Truncated normal initialisation as in PyTorch and timm (<c>trunc_normal_</c>).</summary>
public static class TruncatedNormal
{
    /// <summary>
    /// Fills <paramref name="weights"/> in place with a normal of mean 0 and standard deviation <paramref name="std"/>,
    /// cut at ±<paramref name="limit"/>, by the inverse of its distribution function.
    /// (TorchSharp 0.107's <c>init.trunc_normal_</c> fills with the constant mean + std.)
    /// </summary>
    public static void Fill(Tensor weights, double std, double limit = 2)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        double range = tensor(limit / (std * Math.Sqrt(2))).erf().item<double>();
        using Scalar scale = std * Math.Sqrt(2), low = -limit, high = limit; // Held: TorchSharp does not keep one alive during a call.
        weights.uniform_(-range, range).erfinv_().mul_(scale).clamp_(low, high);
    }
}
