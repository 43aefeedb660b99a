namespace MedBench.Training.Engine;

/// <summary>Everything about a run in progress that is not a tensor; saved in its checkpoint.</summary>
public sealed record TrainerState
{
    /// <summary>Content of the <see cref="TrainingPlan"/>, hashed: a checkpoint continues no other.</summary>
    public required string Plan { get; init; }

    /// <summary>Current epoch, counted from 0.</summary>
    public int Epoch { get; set; }

    /// <summary>Iterations done in the current epoch.</summary>
    public int Iteration { get; set; }

    /// <summary>Sum of the losses of the current epoch's iterations up to the last reading.</summary>
    public double LossSum { get; set; }

    /// <summary>Epoch of the best weights; -1 before the first evaluation.</summary>
    public int BestEpoch { get; set; } = -1;

    /// <summary>Selection metric of the best weights, negated if lower is better.</summary>
    public double BestMetric { get; set; } = double.NegativeInfinity;

    /// <summary>Evaluations since the best one.</summary>
    public int WithoutImprovement { get; set; }

    /// <summary>Whether the patience is used up.</summary>
    public bool Stopped { get; set; }

    /// <summary>Where loss or validation predictions became NaN or infinite; null if they did not.</summary>
    public string? Diverged { get; set; }

    /// <summary>Optimiser steps of the whole run.</summary>
    public long Steps { get; set; }

    /// <summary>Seconds spent before this sitting.</summary>
    public double Seconds { get; set; }

    /// <summary>Every evaluated epoch.</summary>
    public List<EpochRecord> History { get; set; } = [];
}
