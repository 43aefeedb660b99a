namespace MedBench.Training.Metrics;

/// <summary>How MedMNIST scores a dataset. Its "ordinal-regression" (RetinaMNIST) is scored as <see cref="MultiClass"/>.</summary>
public enum MetricTask
{
    /// <summary>One of several classes: arg-max accuracy, mean of one-vs-rest AUCs.</summary>
    MultiClass,

    /// <summary>Two classes, scored by the probability of class 1.</summary>
    Binary,

    /// <summary>Several yes/no labels an image: mean over labels of each metric.</summary>
    MultiLabel,
}
