namespace MedBench.Training.Engine;

/// <summary>Where a training run stands.</summary>
/// <param name="Epoch">Current epoch, counted from 0.</param>
/// <param name="Epochs">Epochs planned.</param>
/// <param name="Iteration">Iterations done in all.</param>
/// <param name="Iterations">Iterations planned.</param>
/// <param name="Loss">Mean training loss of the current epoch so far; NaN before the first reading.</param>
/// <param name="LastEvaluation">The latest evaluation, if any.</param>
/// <param name="Warnings">Signs of a run gone wrong so far.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, long Iteration, long Iterations, double Loss, EpochRecord? LastEvaluation, IReadOnlyList<string> Warnings);
