namespace MedBench.Training.Metrics;

/// <summary>The two headline metrics of one split.</summary>
/// <param name="Accuracy">Fraction in [0, 1].</param>
/// <param name="Auc">Area under the ROC curve in [0, 1]; null where it is undefined.</param>
/// <param name="AucUndefined">Why <paramref name="Auc"/> is null, naming the classes; null otherwise.</param>
public sealed record Scores(double Accuracy, double? Auc, string? AucUndefined = null);
