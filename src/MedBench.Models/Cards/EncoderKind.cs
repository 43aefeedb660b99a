namespace MedBench.Models.Cards;

/// <summary>The two kinds that the papers compare.</summary>
public enum EncoderKind
{
    /// <summary>Convolutional network.</summary>
    CNN,

    /// <summary>Vision transformer.</summary>
    ViT,
}
