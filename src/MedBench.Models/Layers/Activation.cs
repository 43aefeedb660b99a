namespace MedBench.Models.Layers;

/// <summary>Activation of a transformer's MLP.</summary>
public enum Activation
{
    /// <summary>x Φ(x), exact (erf).</summary>
    Gelu,

    /// <summary>x σ(1.702 x), what OpenAI trained CLIP with.</summary>
    QuickGelu,
}
