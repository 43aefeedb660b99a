namespace MedBench.Models.Families;

/// <summary>How a token transformer makes one feature vector of its tokens.</summary>
public enum TokenPooling
{
    /// <summary>The class token, of tokens that are normalised already.</summary>
    ClassToken,

    /// <summary>The mean of the patch tokens, normalised afterwards (timm's <c>avg</c> with <c>fc_norm</c>).</summary>
    Average,
}
