using MedBench.Data.Datasets;

namespace MedBench.Training.Metrics;

/// <summary>From a dataset's task to the way it is scored.</summary>
public static class MetricTasks
{
    /// <summary>How MedMNIST scores <paramref name="task"/>.</summary>
    public static MetricTask Of(DatasetTask task) => task switch
    {
        DatasetTask.MultiLabel => MetricTask.MultiLabel,
        DatasetTask.BinaryClass => MetricTask.Binary,
        // RetinaMNIST's ordinal regression is scored as classes.
        _ => MetricTask.MultiClass,
    };
}
