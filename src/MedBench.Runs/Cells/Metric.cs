namespace MedBench.Runs.Cells;

/// <summary>What a printed number measures on the test split.</summary>
public enum Metric
{
    /// <summary>MedMNIST's accuracy.</summary>
    Acc,

    /// <summary>MedMNIST's AUC.</summary>
    Auc,
}
