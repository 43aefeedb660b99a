using MedBench.Models.Cards;
using MedBench.Training.Engine;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Runs.Experiments;

/// <summary>Arithmetic that a run takes, in 10⁹ multiply-accumulates of the encoder.</summary>
/// <param name="Features">Done once for all cells that share features; 0 where nothing is cached.</param>
/// <param name="PerSeed">Done for each seed; at most, for a run that may stop early.</param>
public sealed record RunWork(double Features, double PerSeed)
{
    // Forward, gradient by the input and gradient by the weights cost about the same each.
    private const int TrainingPasses = 3;

    /// <summary>The work of one configuration.</summary>
    public static RunWork Of(RunConfiguration run)
    {
        var (rule, splits) = (run.Rule, run.Dataset.Splits);
        int training = run.Subset?.About(run.Dataset) ?? splits.Train;
        double side = run.Input.InputSize / (double)run.Model.InputSize;
        double image = run.Model.Gmacs * side * side;
        if (rule.Neighbours is not null) return new RunWork(image * (training + splits.Test), 0);
        if (FeaturesAreCached(run)) return new RunWork(image * (training + splits.Validation + splits.Test), 0);

        var plan = TrainingPlan.Create(run.Recipe, rule, run.Model, training, seed: 0, run.EncoderRate);
        long seen = Math.Min(training, (long)plan.IterationsPerEpoch * plan.BatchSize) * plan.Epochs;
        long evaluated = (long)Math.Min(plan.Epochs, rule.Selection!.Evaluations ?? plan.Epochs) * splits.Validation + 2L * splits.Test;
        return new RunWork(0, image * (seen * (rule.Encoder is null ? 1 : TrainingPasses) + evaluated));
    }

    // An estimate need not build the model to ask it: VGG is the pretrained CNN without BatchNorm.
    private static bool FeaturesAreCached(RunConfiguration run) => run.Rule.Encoder is null
        && (run.Rule.FrozenEncoder == FrozenEncoderMode.Eval || run.Model.Kind == EncoderKind.ViT || run.Model.Architecture == "vgg");
}
