namespace MedBench.Training.Engine;

/// <summary>A training that was told to stop, and did.</summary>
/// <param name="checkpoint">Where it is saved; null where it keeps no checkpoints.</param>
/// <param name="cancel">What told it.</param>
public sealed class StoppedTraining(string? checkpoint, CancellationToken cancel) : OperationCanceledException(cancel)
{
    /// <summary>Where it is saved; null where it keeps no checkpoints.</summary>
    public string? Checkpoint { get; } = checkpoint;
}
