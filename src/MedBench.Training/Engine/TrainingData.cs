using MedBench.Training.Batches;

namespace MedBench.Training.Engine;

/// <summary>One split as a trainer sees it.</summary>
/// <param name="Batches">Its inputs.</param>
/// <param name="Labels">Its labels, row by row, for the metrics.</param>
public sealed record LabelledBatches(IBatchSource Batches, byte[] Labels) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Batches.Dispose();
}

/// <summary>The three splits of a run.</summary>
/// <param name="Train">Trained on.</param>
/// <param name="Validation">Decides which weights are tested.</param>
/// <param name="Test">Tested once, at the end.</param>
public sealed record TrainingData(LabelledBatches Train, LabelledBatches Validation, LabelledBatches Test) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test.Dispose();
    }
}
