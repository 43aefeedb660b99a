namespace MedBench.Training.Metrics;

/// <summary>One class (or label) against the rest, at the model's own decision.</summary>
/// <param name="Class">Class or label, from 0.</param>
/// <param name="TruePositives">Images.</param>
/// <param name="FalsePositives">Images.</param>
/// <param name="FalseNegatives">Images.</param>
/// <param name="TrueNegatives">Images.</param>
/// <param name="Auc">One-vs-rest AUC in [0, 1]; null where undefined.</param>
public sealed record ClassScores(int Class, int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives, double? Auc)
{
    /// <summary>Images of the class.</summary>
    public int Support => TruePositives + FalseNegatives;

    /// <summary>Share of the class that was found; null without any image of it.</summary>
    public double? Recall => Ratio(TruePositives, Support);

    /// <summary>Share of the others that were left alone; null where there is no other.</summary>
    public double? Specificity => Ratio(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary>Share of right answers among "yes"; null if the model never says yes.</summary>
    public double? Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>Harmonic mean of recall and precision; null if the class is neither present nor predicted.</summary>
    public double? F1 => Ratio(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    private static double? Ratio(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
