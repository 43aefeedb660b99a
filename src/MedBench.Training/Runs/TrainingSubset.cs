using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;

namespace MedBench.Training.Runs;

/// <summary>A part of the training split; see <see cref="Subsets"/>.</summary>
public sealed record TrainingSubset
{
    /// <summary>How all images are written.</summary>
    public const string All = "all";

    /// <summary>How a number of images of each class ends.</summary>
    public const string Shots = "-shot";

    private TrainingSubset(int? perClass, double ratio) => (PerClass, Ratio) = (perClass, ratio);

    /// <summary>Images of each class; null for a share of all images.</summary>
    public int? PerClass { get; }

    /// <summary>Share of all images, above 0 and at most 1; 0 for a number of each class.</summary>
    public double Ratio { get; }

    /// <summary><paramref name="perClass"/> images of each class (<see cref="Subsets.FewShot"/>).</summary>
    public static TrainingSubset FewShot(int perClass) => new(perClass, 0);

    /// <summary>A random share of all images (<see cref="Subsets.Ratio"/>), above 0 and at most 1.</summary>
    public static TrainingSubset Share(double ratio) => new(null, ratio);

    /// <summary>Reads <c>10-shot</c> or <c>25%</c>; <c>all</c> gives null.</summary>
    /// <exception cref="MedBenchException">The text is none of these.</exception>
    public static TrainingSubset? Parse(string text)
    {
        if (text == All) return null;
        if (text.EndsWith(Shots, StringComparison.Ordinal) && Numbers.Integer(text[..^Shots.Length]) is > 0 and <= int.MaxValue and var perClass) return FewShot((int)perClass);
        if (text.EndsWith('%') && Numbers.Decimal(text[..^1]) is > 0 and <= 100 and var percent) return Share(percent / 100);
        throw new MedBenchException($"'{text}' is not a part of the training images", "write all, a number per class such as 10-shot, or a share such as 25%");
    }

    /// <summary>The images.</summary>
    /// <param name="train">The whole training split.</param>
    /// <param name="seed">Seed of the run, and of the draw where chance has a part.</param>
    public ImageSplit Of(ImageSplit train, int seed) => PerClass is { } count ? Subsets.FewShot(train, count, seed) : Subsets.Ratio(train, Ratio, seed);

    /// <summary>About how many images it has: a class may have fewer than a few-shot subset asks for.</summary>
    public int About(DatasetCard dataset) =>
        PerClass is { } count ? (int)Math.Min(dataset.Splits.Train, (long)count * dataset.Labels.Count) : Math.Max(1, (int)Math.Round(Ratio * dataset.Splits.Train));

    /// <summary>The images of one run.</summary>
    /// <param name="dataset">Whose training split.</param>
    /// <param name="seed">Seed of the run.</param>
    public SubsetDraw Draw(DatasetCard dataset, int seed) => new(this, (PerClass is null ? Ratio < 1 : dataset.LabelWidth > 1) ? seed : null);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        PerClass is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count}{Shots}") : string.Create(CultureInfo.InvariantCulture, $"{100 * Ratio:G12}%");
}
