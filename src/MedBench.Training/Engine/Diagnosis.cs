using MedBench.Models.Cards;

namespace MedBench.Training.Engine;

/// <summary>Signs of a run gone wrong, told early and kept with the result: the failures that wu2025 reports of unsuited learning rates.</summary>
public static class Diagnosis
{
    // Collapsed models score 0.5 up to the noise of small validation splits.
    private const double ChanceAuc = 0.55;

    // Best encoder rate of CNNs in wu2025; that of ViTs is a tenth.
    private const double CnnRate = 1e-4;

    /// <summary>What the run so far gives cause to warn of, each at most once.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="objective">The loss.</param>
    /// <param name="history">Evaluated epochs so far.</param>
    /// <param name="epochs">Length of the run: as planned, or as it was if it is over. Nothing is said of AUC in its first tenth.</param>
    public static IReadOnlyList<string> Of(TrainingPlan plan, Objective objective, IReadOnlyList<EpochRecord> history, int epochs)
    {
        var warnings = new List<string>();
        if (plan is { EncoderKind: EncoderKind.ViT, EncoderRate: >= CnnRate and var rate })
            warnings.Add(FormattableString.Invariant($"a ViT trained at encoder learning rate {rate:0.#e+0}, a CNN's: wu2025 reports a loss of accuracy there"));
        if (history.FirstOrDefault(h => 10 * (h.Epoch + 1) >= epochs && h.ValidationAuc < ChanceAuc) is { } chance)
            warnings.Add(FormattableString.Invariant($"validation AUC {chance.ValidationAuc:F2} after epoch {chance.Epoch + 1}: no better than chance, the run may have collapsed"));
        if (history.FirstOrDefault(h => h.TrainLoss > 2 * objective.UniformLoss) is { } diverged)
            warnings.Add(FormattableString.Invariant($"training loss {diverged.TrainLoss:F2} in epoch {diverged.Epoch + 1}: more than twice that of a uniform guess ({objective.UniformLoss:F2}), the run may have diverged"));
        return warnings;
    }
}
