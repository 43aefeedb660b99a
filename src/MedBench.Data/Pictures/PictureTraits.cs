namespace MedBench.Data.Pictures;

/// <summary>What a reader should be told of how a picture was read.</summary>
[Flags]
internal enum PictureTraits
{
    None = 0,

    /// <summary>Turned or mirrored as its EXIF orientation says.</summary>
    Turned = 1,

    /// <summary>It had transparent pixels, which lie on black now.</summary>
    Transparent = 2,

    /// <summary>Colours became greys.</summary>
    ColoursLost = 4,

    /// <summary>16-bit greys became 8-bit ones without a window.</summary>
    Deep = 8,

    /// <summary>It was not square.</summary>
    Reshaped = 16,

    /// <summary>One of its sides was smaller than those of the images are.</summary>
    Enlarged = 32,

    /// <summary>A window was given, and it holds no 16-bit greys.</summary>
    Unwindowed = 64,
}
