namespace MedBench.Models.Parity;

/// <summary>How the formula fills a tensor; v is in [-0.5, 0.5).</summary>
public enum FormulaFill
{
    /// <summary>0.</summary>
    Zero,

    /// <summary>1 + 0.5 (v + 0.5): a running variance.</summary>
    Var,

    /// <summary>0.5 v: a class token or position embedding.</summary>
    Embed,

    /// <summary>0.5 + 0.2 v: LayerScale.</summary>
    Gamma,

    /// <summary>v · sqrt(12 / fan-in): a weight matrix or convolution.</summary>
    Matrix,

    /// <summary>1 + 0.2 v: a normalisation's weight.</summary>
    Scale,

    /// <summary>0.2 v: a bias or running mean.</summary>
    Shift,
}
