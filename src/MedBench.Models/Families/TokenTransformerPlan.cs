namespace MedBench.Models.Families;

/// <summary>What a <see cref="TokenTransformer"/> needs to know beside its blocks.</summary>
/// <param name="Width">Width of a token.</param>
/// <param name="PatchSize">Side of a patch in pixels.</param>
/// <param name="InputSize">Side of the image in pixels.</param>
/// <param name="NormEps">Epsilon of the LayerNorms.</param>
/// <param name="PreNorm">LayerNorm before the first block, and patches without bias (CLIP).</param>
/// <param name="Pooling">Which tokens the classifier sees.</param>
/// <param name="ClassTokenStd">Standard deviation of the class token's initial values.</param>
/// <param name="ClassifierScale">Factor on the classifier's initial values.</param>
public sealed record TokenTransformerPlan(
    int Width,
    int PatchSize,
    int InputSize,
    double NormEps,
    bool PreNorm = false,
    TokenPooling Pooling = TokenPooling.ClassToken,
    double ClassTokenStd = 1e-6,
    double ClassifierScale = 1);
