namespace MedBench.Reporting.Figures;

/// <summary>Where a drawn number can be looked up again.</summary>
public enum NumberOrigin
{
    /// <summary>One run's metric; <see cref="SourcedNumber.Of"/> is for example <c>test/acc</c>.</summary>
    Run,

    /// <summary>The mean of that metric over the runs.</summary>
    Mean,

    /// <summary>A printed number; <see cref="SourcedNumber.Of"/> is its cell.</summary>
    Published,

    /// <summary>An evaluation during training; <see cref="SourcedNumber.Of"/> is for example <c>val/loss@12</c>, the epoch from 1.</summary>
    Evaluation,

    /// <summary>Counted from the runs' <c>predictions.npz</c> or from their per-class counts.</summary>
    Predictions,

    /// <summary>Computed from the verdicts of the whole report.</summary>
    Verdicts,
}
