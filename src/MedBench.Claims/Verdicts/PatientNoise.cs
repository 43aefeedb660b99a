using MedBench.Claims.Statistics;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Verdicts;

/// <summary>How far the printed number would move with other patients from the same source. Context: nothing is judged by it.</summary>
/// <param name="Interval">95 % interval around the printed number; null where the images of each class are not known.</param>
/// <param name="Method">Wilson, or Hanley-McNeil.</param>
/// <param name="OneImage">What one test image changes in an accuracy, a fraction; null for an AUC.</param>
public sealed record PatientNoise(Interval? Interval, string Method, double? OneImage)
{
    internal static PatientNoise? Of(Metric metric, double printed, int? testImages, IReadOnlyList<(int Positives, int Negatives)>? questions, double level) => metric switch
    {
        Metric.Acc => testImages is { } n ? new PatientNoise(BinomialInterval.Wilson(printed, n, level), "Wilson", 1.0 / n) : null,
        _ => questions is { Count: > 0 } ? new PatientNoise(AucInterval.HanleyMcNeil(printed, questions).Interval(level), "Hanley-McNeil", null) : null,
    };
}
