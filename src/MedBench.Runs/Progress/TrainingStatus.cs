using MedBench.Training.Engine;

namespace MedBench.Runs.Progress;

/// <summary>Where training stands. Metrics are fractions of the validation split; null where there is none yet, or no finite number.</summary>
/// <param name="Epoch">Current epoch, from 1.</param>
/// <param name="Epochs">Epochs planned.</param>
/// <param name="Loss">Mean training loss of the epoch so far.</param>
/// <param name="ValidationLoss">Mean loss at the last evaluation.</param>
/// <param name="ValidationAcc">ACC at the last evaluation.</param>
/// <param name="ValidationAuc">AUC at the last evaluation.</param>
public sealed record TrainingStatus(int Epoch, int Epochs, double? Loss, double? ValidationLoss, double? ValidationAcc, double? ValidationAuc)
{
    /// <summary>From the trainer's own report.</summary>
    public static TrainingStatus Of(TrainingProgress progress) => new(
        Math.Min(progress.Epoch + 1, progress.Epochs), progress.Epochs, Finite(progress.Loss),
        Finite(progress.LastEvaluation?.ValidationLoss), Finite(progress.LastEvaluation?.ValidationAccuracy), Finite(progress.LastEvaluation?.ValidationAuc));

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
