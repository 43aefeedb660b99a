namespace MedBench.Data.Preprocessing;

/// <summary>How an image reaches the size that the model takes.</summary>
public enum ResizeMode
{
    /// <summary>Not at all: the image must have that size already.</summary>
    None,

    /// <summary>Scaled by Pillow so that its longer side has that size.</summary>
    Scale,

    /// <summary>Centred on a black canvas, then normalised: the border has the value of a black pixel.</summary>
    PadBeforeNormalize,

    /// <summary>Normalised, then centred on a canvas of 0.0: the border has the mean colour (doerrich2025).</summary>
    PadAfterNormalize,
}
