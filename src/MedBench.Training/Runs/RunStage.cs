using MedBench.Training.Engine;

namespace MedBench.Training.Runs;

/// <summary>Where a run stands: features of a split, or training.</summary>
/// <param name="What">The stage in words.</param>
/// <param name="Done">Images or iterations done.</param>
/// <param name="Total">Images or iterations in all.</param>
/// <param name="Training">The trainer's own report, while training.</param>
public readonly record struct RunStage(string What, long Done, long Total, TrainingProgress? Training = null);
