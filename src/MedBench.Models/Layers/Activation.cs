using static TorchSharp.torch;

namespace MedBench.Models.Layers;

/// <summary>Activation of a transformer's MLP.</summary>
public enum Activation
{
    /// <summary>x Φ(x), exact (erf).</summary>
    Gelu,

    /// <summary>x σ(1.702 x), what OpenAI trained CLIP with.</summary>
    QuickGelu,
}

/// <summary>What an <see cref="Activation"/> computes.</summary>
internal static class ActivationFunctions
{
    public static Tensor Apply(this Activation activation, Tensor x) => activation switch
    {
        Activation.Gelu => nn.functional.gelu(x),
        Activation.QuickGelu => x * (1.702 * x).sigmoid(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };
}
