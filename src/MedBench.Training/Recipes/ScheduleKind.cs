namespace MedBench.Training.Recipes;

/// <summary>Kinds of learning-rate schedules.</summary>
public enum ScheduleKind
{
    /// <summary>No change.</summary>
    Constant,

    /// <summary>× gamma every <c>every-iterations</c> iterations (torch's ExponentialLR stepped by iterations).</summary>
    Exponential,

    /// <summary>Half a cosine from 1 to 0 over <c>epochs</c> (timm's CosineLRScheduler).</summary>
    Cosine,

    /// <summary>× gamma at each milestone epoch (torch's MultiStepLR).</summary>
    MultiStep,
}
