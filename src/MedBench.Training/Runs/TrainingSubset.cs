using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;

namespace MedBench.Training.Runs;

/// <summary>A part of the training split; see <see cref="Subsets"/>.</summary>
public sealed record TrainingSubset
{
    private readonly int? _perClass;
    private readonly double _ratio;

    private TrainingSubset(int? perClass, double ratio) => (_perClass, _ratio) = (perClass, ratio);

    /// <summary><paramref name="perClass"/> images of each class (<see cref="Subsets.FewShot"/>).</summary>
    public static TrainingSubset FewShot(int perClass) => new(perClass, 0);

    /// <summary>A random share of all images (<see cref="Subsets.Ratio"/>), above 0 and at most 1.</summary>
    public static TrainingSubset Share(double ratio) => new(null, ratio);

    /// <summary>Reads <c>10-shot</c> or <c>25%</c>; <c>all</c> gives null.</summary>
    /// <exception cref="MedBenchException">The text is none of these.</exception>
    public static TrainingSubset? Parse(string text)
    {
        if (text == "all") return null;
        if (text.EndsWith("-shot", StringComparison.Ordinal) && int.TryParse(text[..^5], NumberStyles.None, CultureInfo.InvariantCulture, out int perClass) && perClass > 0)
            return FewShot(perClass);
        if (text.EndsWith('%') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and <= 100)
            return Share(percent / 100);
        throw new MedBenchException($"'{text}' is not a part of the training images", "write all, a number per class such as 10-shot, or a share such as 25%");
    }

    /// <summary>The images.</summary>
    /// <param name="train">The whole training split.</param>
    /// <param name="seed">Seed of the run, and of the draw where chance has a part.</param>
    public ImageSplit Of(ImageSplit train, int seed) => _perClass is { } count ? Subsets.FewShot(train, count, seed) : Subsets.Ratio(train, _ratio, seed);

    /// <summary>About how many images it has: a class may have fewer than a few-shot subset asks for.</summary>
    public int About(DatasetCard dataset) =>
        _perClass is { } count ? Math.Min(dataset.Splits.Train, count * dataset.Labels.Count) : Math.Max(1, (int)Math.Round(_ratio * dataset.Splits.Train));

    /// <summary>What tells these images from others of the same split: <c>10-shot</c>, or <c>25% by seed 1</c> where they depend on the seed.</summary>
    /// <param name="dataset">Whose training split.</param>
    /// <param name="seed">Seed of the run.</param>
    public string Name(DatasetCard dataset, int seed)
    {
        bool drawn = _perClass is null ? _ratio < 1 : dataset.LabelWidth > 1;
        return drawn ? $"{this} by seed {seed}" : ToString();
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        _perClass is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count}-shot") : string.Create(CultureInfo.InvariantCulture, $"{100 * _ratio:G12}%");
}
