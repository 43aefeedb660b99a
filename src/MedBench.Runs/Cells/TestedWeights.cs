namespace MedBench.Runs.Cells;

/// <summary>Which weights of a training were tested.</summary>
public enum TestedWeights
{
    /// <summary>Those that the recipe selects on the validation split; of a k-NN, its vote.</summary>
    Selected,

    /// <summary>Those at the end of the last epoch.</summary>
    LastEpoch,
}
