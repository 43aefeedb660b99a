namespace MedBench.Data.Pictures;

/// <summary>How pictures become square 8-bit images of one size.</summary>
/// <param name="Size">Side in pixels.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Square">What to do with those that are not square; null to refuse them.</param>
/// <param name="Window">Of 16-bit greys, the values that become 0 and 255; null for all, 0 to 65535.</param>
internal sealed record PictureOptions(int Size, int Channels, SquareMode? Square, (int Low, int High)? Window);
