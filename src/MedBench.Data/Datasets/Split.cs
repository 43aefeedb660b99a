namespace MedBench.Data.Datasets;

/// <summary>The three parts of a dataset, as MedMNIST's files define them.</summary>
public enum Split
{
    /// <summary>Images to train on.</summary>
    Train,

    /// <summary>Images to choose the checkpoint by.</summary>
    Validation,

    /// <summary>Images to report on, once.</summary>
    Test,
}
