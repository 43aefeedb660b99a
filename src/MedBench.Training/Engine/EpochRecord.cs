namespace MedBench.Training.Engine;

/// <summary>One evaluated epoch.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="TrainLoss">Mean training loss over the epoch's batches.</param>
/// <param name="ValidationLoss">Mean validation loss.</param>
/// <param name="ValidationAccuracy">Validation ACC, a fraction.</param>
/// <param name="ValidationAuc">Validation AUC, a fraction; null where undefined.</param>
public sealed record EpochRecord(int Epoch, double TrainLoss, double ValidationLoss, double ValidationAccuracy, double? ValidationAuc);
