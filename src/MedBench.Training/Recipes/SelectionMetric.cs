namespace MedBench.Training.Recipes;

/// <summary>Validation quantity by which the tested weights are chosen.</summary>
public enum SelectionMetric
{
    /// <summary>Higher accuracy is better.</summary>
    Accuracy,

    /// <summary>Higher AUC is better.</summary>
    Auc,

    /// <summary>Lower loss is better.</summary>
    Loss,
}
