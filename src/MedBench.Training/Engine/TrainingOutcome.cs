namespace MedBench.Training.Engine;

/// <summary>The result of one training run.</summary>
/// <param name="BestEpoch">Epoch whose weights the selection rule chose, counted from 0.</param>
/// <param name="Best">Test predictions with those weights.</param>
/// <param name="LastEpoch">Last epoch trained to its end.</param>
/// <param name="Last">Test predictions with the last epoch's weights; null if loss or validation predictions became NaN or infinite, after which they mean nothing.</param>
/// <param name="History">Every evaluated epoch.</param>
/// <param name="Iterations">Optimiser steps of all whole epochs.</param>
/// <param name="Seconds">Time spent training and evaluating, over all sittings of a resumed run.</param>
/// <param name="Warnings">Signs of a run gone wrong (see <see cref="Diagnosis"/>); empty for most.</param>
public sealed record TrainingOutcome(
    int BestEpoch,
    Prediction Best,
    int LastEpoch,
    Prediction? Last,
    IReadOnlyList<EpochRecord> History,
    long Iterations,
    double Seconds,
    IReadOnlyList<string> Warnings);
