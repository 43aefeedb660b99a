using System.Text.Json.Serialization;
using MedBench.Claims.Statistics;
using MedBench.Data.Datasets;
using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>The score of those test images that have something in common besides their label.</summary>
/// <param name="Value">What they have in common.</param>
/// <param name="Images">How many.</param>
/// <param name="Groups">Groups among them; null where none are known.</param>
/// <param name="Right">Right answers: one an image; of multi-label, one an image and label.</param>
/// <param name="Acc">Accuracy as MedMNIST has it.</param>
/// <param name="Auc">AUC as MedMNIST has it; null where a class is absent.</param>
/// <param name="AucInterval">95 % interval over other images (DeLong); null where a class has fewer than two.</param>
/// <param name="AucOverGroups">95 % interval over other groups (<see cref="ClusteredScores"/>); null where there is none.</param>
/// <param name="CalibrationError">As <see cref="Training.Metrics.CalibrationError"/> has it; of a few images it is large by chance alone.</param>
/// <param name="Overconfidence">Mean confidence in the answers minus the share that is right.</param>
/// <param name="Classes">Recall of each class (or finding).</param>
public sealed record PartScore(
    string Value,
    int Images,
    int? Groups,
    int Right,
    Estimate Acc,
    double? Auc,
    Interval? AucInterval,
    Interval? AucOverGroups,
    double CalibrationError,
    Estimate Overconfidence,
    IReadOnlyList<PartClass> Classes)
{
    private const double Level = 0.95;

    /// <summary>The AUC with its intervals; null where it is not defined.</summary>
    [JsonIgnore]
    public Estimate? AucEstimate => Auc is { } auc ? new Estimate(auc, AucInterval, AucOverGroups) : null;

    /// <summary>Every part of a partition.</summary>
    internal static IReadOnlyList<PartScore> Of(ScoredSplit split, IReadOnlyList<string> labels, ImagePartition partition, IReadOnlyList<int>? groupOf) =>
        [.. partition.Values.Select((value, part) => Of(value, split, [.. Enumerable.Range(0, split.Count).Where(i => partition.PartOf[i] == part)], labels, groupOf))];

    private static PartScore Of(string value, ScoredSplit whole, int[] images, IReadOnlyList<string> labels, IReadOnlyList<int>? all)
    {
        var split = whole.Subset(images);
        int[]? groupOf = all is null ? null : [.. images.Select(i => all[i])];
        var detail = Evaluator.Detail(split);
        var auc = detail.Headline.Auc;
        // One an image, or one an image and label, image by image.
        var decisions = split.Decisions().ToArray();
        int each = decisions.Length / images.Length;
        var answers = decisions.Select((d, i) => (Image: i / each, d.Confidence, d.Right)).ToArray();
        return new PartScore(
            value, images.Length, groupOf?.Distinct().Count(), answers.Count(a => a.Right),
            Estimate.Share(answers.Select(a => (a.Image, a.Right)), groupOf)!,
            auc, auc is null ? null : Statistics.AucInterval.DeLong(FileScore.Questions(split))?.Interval(Level), auc is null || groupOf is null ? null : ClusteredScores.Of(split, groupOf)?.Auc,
            detail.ExpectedCalibrationError, Estimate.Mean(answers.Select(a => (a.Image, a.Confidence - (a.Right ? 1 : 0))), groupOf),
            [.. ClassPart.Of(split, labels, groupOf).Select(c => new PartClass(c.Label, c.Images, c.Found, c.Recall))]);
    }
}

/// <summary>Recall of one class (or finding) in a part.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Images">Images of the part that have it.</param>
/// <param name="Found">Those of them for which the model names it.</param>
/// <param name="Recall">Their share; null without any.</param>
public sealed record PartClass(string Label, int Images, int Found, Estimate? Recall);

/// <summary>A score by something.</summary>
/// <param name="By">By what: a column, or <c>group-size</c>.</param>
/// <param name="Parts">The parts.</param>
public sealed record PartTable(string By, IReadOnlyList<PartScore> Parts);
