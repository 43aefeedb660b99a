namespace MedBench.Training.Recipes;

/// <summary>A learning-rate schedule: a factor on the base rate.</summary>
public sealed record ScheduleRule
{
    /// <summary>Which schedule.</summary>
    public required ScheduleKind Kind { get; init; }

    /// <summary>Factor per step or milestone.</summary>
    public double Gamma { get; init; } = 1;

    /// <summary>Iterations between two steps of an exponential schedule.</summary>
    public int EveryIterations { get; init; } = 1;

    /// <summary>Length of a cosine in epochs.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Epochs (counted from 0) from which on another gamma applies.</summary>
    public int[] Milestones { get; init; } = [];

    /// <summary>The factor for the step taken after <paramref name="iterations"/> steps, in epoch <paramref name="epoch"/>, both counted from 0.</summary>
    /// <remarks>
    /// The cosine is one epoch late, as in doerrich2025's train.py, which calls <c>scheduler.step(epoch=epoch)</c> after epoch <c>epoch</c>:
    /// its epochs 0 and 1 both run at the full rate.
    /// </remarks>
    public double Factor(long iterations, int epoch) => Kind switch
    {
        ScheduleKind.Exponential => Math.Pow(Gamma, iterations / EveryIterations),
        ScheduleKind.Cosine => 0.5 * (1 + Math.Cos(Math.PI * Math.Max(0, epoch - 1) / Epochs)),
        ScheduleKind.MultiStep => Math.Pow(Gamma, Milestones.Count(m => m <= epoch)),
        _ => 1,
    };
}
