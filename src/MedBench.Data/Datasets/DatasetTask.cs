namespace MedBench.Data.Datasets;

/// <summary>What a dataset's labels mean, in MedMNIST's own terms.</summary>
public enum DatasetTask
{
    /// <summary>One of more than two classes per image.</summary>
    MultiClass,

    /// <summary>One of two classes per image.</summary>
    BinaryClass,

    /// <summary>Any number of findings per image, each 0 or 1 (ChestMNIST).</summary>
    MultiLabel,

    /// <summary>One of several ordered grades per image (RetinaMNIST); MedMNIST scores it like <see cref="MultiClass"/>.</summary>
    OrdinalRegression,
}
