using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;

namespace MedBench.Training.Runs;

/// <summary>A part of the training split; see <see cref="Subsets"/>.</summary>
public sealed record TrainingSubset
{
    /// <summary>How all images are written.</summary>
    public const string All = "all";

    private const string Shots = "-shot", WithoutTwins = "twin-free", ControlDraw = "twin-free-control-";

    private TrainingSubset()
    {
    }

    /// <summary>All images but those that have a twin in the test split, by the audit on record (<see cref="AuditCatalog.Find(DatasetCard)"/>).</summary>
    public static TrainingSubset TwinFree { get; } = new() { LeavesOutTwins = true };

    /// <summary>Images of each class; null for another kind of part.</summary>
    public int? PerClass { get; private init; }

    /// <summary>Share of all images, above 0 and at most 1; null for another kind of part.</summary>
    public double? Ratio { get; private init; }

    /// <summary>Whether it is <see cref="TwinFree"/> or a <see cref="Control"/> of it.</summary>
    public bool LeavesOutTwins { get; private init; }

    /// <summary>Number of the draw of a <see cref="Control"/>, 0 or more; null for another kind of part.</summary>
    public int? ControlNumber { get; private init; }

    /// <summary><paramref name="perClass"/> images of each class (<see cref="Subsets.FewShot"/>).</summary>
    public static TrainingSubset FewShot(int perClass) => new() { PerClass = perClass };

    /// <summary>A random share of all images (<see cref="Subsets.Ratio"/>), above 0 and at most 1.</summary>
    public static TrainingSubset Share(double ratio) => new() { Ratio = ratio };

    /// <summary>All images but as many random ones of each class as <see cref="TwinFree"/> leaves out (<see cref="Subsets.WithoutRandom"/>).</summary>
    /// <param name="draw">Number of the draw, 0 or more; the same for all seeds of a run.</param>
    public static TrainingSubset Control(int draw) => new() { LeavesOutTwins = true, ControlNumber = draw };

    /// <summary>Whether a text is meant to be a part: it may still be one that <see cref="Parse"/> refuses.</summary>
    public static bool IsForm(string text) => text.EndsWith('%') || text.EndsWith(Shots, StringComparison.Ordinal) || text.StartsWith(WithoutTwins, StringComparison.Ordinal);

    /// <summary>Reads <c>10-shot</c>, <c>25%</c>, <c>twin-free</c> or <c>twin-free-control-1</c>; <c>all</c> gives null.</summary>
    /// <exception cref="MedBenchException">The text is none of these.</exception>
    public static TrainingSubset? Parse(string text)
    {
        if (text == All) return null;
        if (text == WithoutTwins) return TwinFree;
        if (text.StartsWith(ControlDraw, StringComparison.Ordinal) && Numbers.Integer(text[ControlDraw.Length..]) is >= 0 and <= int.MaxValue and var draw && Control((int)draw) is var control && control.ToString() == text) return control;
        if (text.EndsWith(Shots, StringComparison.Ordinal) && Numbers.Integer(text[..^Shots.Length]) is > 0 and <= int.MaxValue and var perClass) return FewShot((int)perClass);
        if (text.EndsWith('%') && Numbers.Decimal(text[..^1]) is > 0 and <= 100 and var percent) return Share(percent / 100);
        throw new MedBenchException(
            $"'{text}' is not a part of the training images", $"write all, a number per class such as 10-shot, a share such as 25%, {WithoutTwins}, or {ControlDraw} and the number of a draw, such as {ControlDraw}1");
    }

    /// <summary>The images.</summary>
    /// <param name="dataset">The open dataset, of which it takes training images.</param>
    /// <param name="seed">Seed of the run, and of the draw where it is that of the run.</param>
    /// <exception cref="MedBenchException">There are too few images, or no audit that says which of them have twins.</exception>
    public ImageSplit Of(ImageDataset dataset, int seed)
    {
        var train = dataset.Train;
        if (PerClass is { } count) return Subsets.FewShot(train, count, seed);
        if (Ratio is { } ratio) return Subsets.Ratio(train, ratio, seed);
        var twins = Twins(dataset.Card) ?? throw new MedBenchException($"--subset {this}: {AuditCatalog.Absence(dataset.Card)}", $"make it with: {AuditCatalog.CommandFor(dataset.Card)}");
        if (twins.Count == 0 || twins.Count == train.Count)
            throw new MedBenchException($"--subset {this}: by the audit of {dataset.Card.Name} {(twins.Count == 0 ? "no training image has" : "all training images have")} a twin in the test split", $"use {All}: there is nothing to compare");
        return ControlNumber is { } draw ? Subsets.WithoutRandom(train, twins, draw) : Subsets.Without(train, twins);
    }

    /// <summary>About how many images it has: a class may have fewer than a few-shot subset asks for, and an audit may yet be to be made.</summary>
    public int About(DatasetCard dataset) =>
        PerClass is { } count ? (int)Math.Min(dataset.Splits.Train, (long)count * dataset.Labels.Count)
        : Ratio is { } ratio ? Math.Max(1, (int)Math.Round(ratio * dataset.Splits.Train))
        : dataset.Splits.Train - (Twins(dataset)?.Count ?? 0);

    /// <summary>The images of one run.</summary>
    /// <param name="dataset">Whose training split.</param>
    /// <param name="seed">Seed of the run.</param>
    public SubsetDraw Draw(DatasetCard dataset, int seed) => LeavesOutTwins
        ? new(this, Twins: Twins(dataset) is { } twins ? ContentHash.Of(twins)[..SubsetDraw.TwinsLength] : null)
        : new(this, (Ratio is { } ratio ? ratio < 1 : dataset.LabelWidth > 1) ? seed : null);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => this switch
    {
        { PerClass: { } count } => string.Create(CultureInfo.InvariantCulture, $"{count}{Shots}"),
        { Ratio: { } ratio } => string.Create(CultureInfo.InvariantCulture, $"{100 * ratio:G12}%"),
        { ControlNumber: { } draw } => string.Create(CultureInfo.InvariantCulture, $"{ControlDraw}{draw}"),
        _ => WithoutTwins,
    };

    // Training images with a twin in the test split; null where no audit is on record.
    private static IReadOnlyList<int>? Twins(DatasetCard dataset) => AuditCatalog.Find(dataset)?.WithTwinIn(Split.Train, Split.Test);
}
