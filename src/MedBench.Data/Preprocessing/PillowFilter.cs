namespace MedBench.Data.Preprocessing;

/// <summary>Pillow's interpolation filters.</summary>
public enum PillowFilter
{
    /// <summary>The source pixel under the centre of the target pixel.</summary>
    Nearest,

    /// <summary>Triangle of radius 1 source pixel, widened when shrinking (antialiased).</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = −0.5 and radius 2, widened when shrinking.</summary>
    Bicubic,
}
