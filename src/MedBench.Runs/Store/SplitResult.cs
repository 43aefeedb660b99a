using System.Text.Json.Serialization;
using MedBench.Training.Metrics;

namespace MedBench.Runs.Store;

/// <summary>Final metrics of one split, as fractions.</summary>
/// <param name="Acc">MedMNIST's accuracy.</param>
/// <param name="Auc">MedMNIST's AUC; null where it is undefined.</param>
/// <param name="AucUndefined">Why there is no AUC.</param>
/// <param name="BalancedAccuracy">See <see cref="DetailedScores.BalancedAccuracy"/>.</param>
/// <param name="CalibrationError">See <see cref="DetailedScores.ExpectedCalibrationError"/>; null where the scores are no probabilities.</param>
/// <param name="Classes">Each class or label.</param>
/// <param name="Confusion">Images by [true class][predicted class]; null for multi-label, and in records from before it was kept.</param>
/// <param name="Fragile">Of k-NN, the answers that small moves of the distances could turn; null for others, and in records from before it was kept.</param>
public sealed record SplitResult(
    double Acc,
    double? Auc,
    string? AucUndefined,
    double? BalancedAccuracy,
    double? CalibrationError,
    IReadOnlyList<ClassScores> Classes,
    IReadOnlyList<IReadOnlyList<int>>? Confusion = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FragileAnswers? Fragile = null)
{
    /// <summary>From the detailed metrics.</summary>
    public static SplitResult Of(DetailedScores scores) => new(
        scores.Headline.Accuracy, scores.Headline.Auc, scores.Headline.AucUndefined,
        scores.BalancedAccuracy, scores.ExpectedCalibrationError, scores.Classes, scores.Confusion);
}
