namespace MedBench.Data.Pictures;

/// <summary>How a picture that is not square becomes so.</summary>
public enum SquareMode
{
    /// <summary>The largest square around its centre.</summary>
    Crop,

    /// <summary>Centred on a black square as wide as its longer side.</summary>
    Pad,

    /// <summary>Each side to the same length: shapes change.</summary>
    Scale,
}
