using MedBench.Core.Errors;
using MedBench.Data.Randomness;

namespace MedBench.Data.Datasets;

/// <summary>Smaller training sets.</summary>
public static class Subsets
{
    /// <summary>
    /// Few-shot training as in wu2025's released code (FupingWu90/FMMIC, SFT/dataset.py): the first <paramref name="perClass"/> images of each class, class by class,
    /// whatever the seed; of a multi-label split, <paramref name="perClass"/> × findings random images (NumPy's legacy <c>choice</c> without replacement).
    /// A class with fewer images gives all it has.
    /// </summary>
    /// <param name="split">The images to choose from.</param>
    /// <param name="perClass">Images per class, at least 1.</param>
    /// <param name="seed">Seed of the multi-label draw; 0 or more.</param>
    /// <exception cref="MedBenchException">The split has too few images.</exception>
    public static ImageSplit FewShot(ImageSplit split, int perClass, int seed = 0)
    {
        if (perClass < 1)
            throw new MedBenchException($"few-shot with {perClass} images per class", "choose at least 1");
        if (split.LabelWidth == 1)
        {
            IGrouping<int, int>[] classes = [.. Enumerable.Range(0, split.Count).GroupBy(split.ClassOf).OrderBy(c => c.Key)];
            int largest = classes.Max(c => c.Count());
            return perClass <= largest ? split.Subset([.. classes.SelectMany(c => c.Take(perClass))])
                : throw new MedBenchException($"few-shot with {perClass} images per class of a split whose largest class has {largest}", $"choose at most {largest} per class, or all images");
        }
        long wanted = (long)perClass * split.LabelWidth;
        return wanted <= split.Count
            ? split.Subset(Random(split, (int)wanted, seed))
            : throw new MedBenchException($"few-shot with {wanted} images of a split of {split.Count}", $"choose at most {split.Count / split.LabelWidth} per finding");
    }

    /// <summary>
    /// A random share of a split: round(<paramref name="ratio"/> × count) images, at least 1, by NumPy's legacy <c>choice</c> without replacement, not stratified.
    /// For one seed a larger share contains every smaller one. wu2025's released code has no data ratios, so this choice is ours; it follows that code's own way to draw at random.
    /// </summary>
    /// <param name="split">The images to choose from.</param>
    /// <param name="ratio">Share, above 0 and at most 1; 1 is the split itself, in its own order.</param>
    /// <param name="seed">Seed of the draw; 0 or more.</param>
    /// <exception cref="MedBenchException">The ratio is out of range.</exception>
    public static ImageSplit Ratio(ImageSplit split, double ratio, int seed) => ratio switch
    {
        > 0 and < 1 => split.Subset(Random(split, Math.Max(1, (int)Math.Round(ratio * split.Count)), seed)),
        1 => split,
        _ => throw new MedBenchException($"a data ratio of {ratio}", "choose one above 0 and at most 1"),
    };

    /// <summary>All images but some, in order.</summary>
    /// <param name="split">The images to choose from.</param>
    /// <param name="removed">Positions of those that are left out.</param>
    public static ImageSplit Without(ImageSplit split, IReadOnlyCollection<int> removed) =>
        split.Subset([.. Enumerable.Range(0, split.Count).Except(removed)]);

    /// <summary>
    /// All images but as many random ones of each class (of each combination of findings, for a multi-label split) as <paramref name="removed"/> has: a control that differs from
    /// <see cref="Without"/> in nothing but which images are left out. Drawn class by class, in the order in which the classes first occur, by NumPy's legacy <c>choice</c>.
    /// </summary>
    /// <param name="split">The images to choose from.</param>
    /// <param name="removed">Positions of the images that <see cref="Without"/> leaves out.</param>
    /// <param name="draw">Seed of the draw; 0 or more.</param>
    public static ImageSplit WithoutRandom(ImageSplit split, IReadOnlyCollection<int> removed, int draw)
    {
        string LabelOf(int image) => Convert.ToHexString(split.Label(image));
        var wanted = removed.CountBy(LabelOf).ToDictionary();
        var random = new NumpyRandomState(checked((uint)draw));
        return Without(split, [.. Enumerable.Range(0, split.Count).GroupBy(LabelOf).SelectMany(label =>
        {
            int[] images = [.. label];
            return random.Choice(images.Length, wanted.GetValueOrDefault(label.Key)).Select(i => images[i]);
        })]);
    }

    private static int[] Random(ImageSplit split, int size, int seed) => new NumpyRandomState(checked((uint)seed)).Choice(split.Count, size);
}
