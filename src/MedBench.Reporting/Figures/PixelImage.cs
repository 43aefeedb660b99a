using MedBench.Data.Datasets;
using StbImageWriteSharp;

namespace MedBench.Reporting.Figures;

/// <summary>One image of a dataset, inside a page.</summary>
internal static class PixelImage
{
    /// <summary>A PNG as a <c>data:</c> address.</summary>
    internal static string Address(ImageSplit split, int index)
    {
        using var stream = new MemoryStream();
        new ImageWriter().WritePng(split.Image(index).ToArray(), split.Width, split.Height, split.Channels == 3 ? ColorComponents.RedGreenBlue : ColorComponents.Grey, stream);
        return $"data:image/png;base64,{Convert.ToBase64String(stream.ToArray())}";
    }
}
