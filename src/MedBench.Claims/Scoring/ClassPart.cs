using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>How one class (or finding) fares.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Images">Test images that have it.</param>
/// <param name="Groups">Groups that they are of; null where none are known.</param>
/// <param name="Found">Those of them for which the model names it.</param>
/// <param name="FalselyNamed">Images without it for which the model names it.</param>
/// <param name="Recall">Share of its images that are found; null without any.</param>
/// <param name="Precision">Share of the images named so that have it; null where none is named so.</param>
/// <param name="CalibrationError">
/// Classwise expected calibration error (Kull et al. 2019, NeurIPS): as <see cref="Training.Metrics.CalibrationError"/> over all test images, with the score of this class as the
/// confidence that an image has it. Of the images of one class alone there is no calibration: right scores are lower on a rare class.
/// </param>
/// <param name="Excess">Mean score of the class minus the share of images that have it, over all test images (calibration in the large): above 0, it is expected too often.</param>
public sealed record ClassPart(string Label, int Images, int? Groups, int Found, int FalselyNamed, Estimate? Recall, Estimate? Precision, double CalibrationError, Estimate Excess)
{
    /// <summary>Every class of a split.</summary>
    internal static IReadOnlyList<ClassPart> Of(ScoredSplit split, IReadOnlyList<string> labels, IReadOnlyList<int>? groupOf = null) => [.. labels.Select((label, c) => Of(split, label, c, groupOf))];

    private static ClassPart Of(ScoredSplit split, string label, int c, IReadOnlyList<int>? groupOf)
    {
        // A two-class dataset has one question; class 0 is its "no".
        bool mirrored = split.Task == MetricTask.Binary && c == 0;
        int question = split.Task == MetricTask.Binary ? 0 : c;
        var answers = Enumerable.Range(0, split.Count).Select(i => (
            Image: i,
            Has: split.IsPositive(i, question) ^ mirrored,
            Named: split.Predicts(i, question) ^ mirrored,
            Score: mirrored ? 1 - split.Score(i, question) : split.Score(i, question))).ToArray();
        var (has, named) = (answers.Where(a => a.Has).ToArray(), answers.Where(a => a.Named).ToArray());
        return new ClassPart(
            label, has.Length, groupOf is null ? null : has.Select(a => groupOf[a.Image]).Distinct().Count(), has.Count(a => a.Named), named.Count(a => !a.Has),
            Estimate.Share(has.Select(a => (a.Image, a.Named)), groupOf), Estimate.Share(named.Select(a => (a.Image, a.Has)), groupOf),
            Training.Metrics.CalibrationError.Of(answers.Select(a => (a.Score, a.Has))),
            Estimate.Mean(answers.Select(a => (a.Image, a.Score - (a.Has ? 1 : 0))), groupOf));
    }
}
