using MedBench.Core.Downloads;
using MedBench.Runs.Store;
using MedBench.Training.Engine;
using MedBench.Training.Features;
using MedBench.Training.Runs;

namespace MedBench.Runs.Execution;

/// <summary>A kept run begun again: its first evaluations, then and now.</summary>
/// <param name="Evaluations">In order.</param>
public sealed record Retrace(IReadOnlyList<RetracedEvaluation> Evaluations)
{
    /// <summary>Whether every evaluation is the same to the bit.</summary>
    public bool IsSame => Evaluations.Count > 0 && Evaluations.All(e => e.IsSame);

    /// <summary>
    /// Trains from the start, and stops once enough has been evaluated. The store is not touched. On a CPU the bits are the
    /// same as long as the processor (<see cref="Processor"/>), the threads, libtorch and what this program computes are.
    /// </summary>
    /// <param name="record">The kept run, with evaluations.</param>
    /// <param name="request">The same run, opened.</param>
    /// <param name="features">Where features are.</param>
    /// <param name="evaluations">How many evaluations to go to, at least 1; those of a shorter run are all.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="cancel">Stops soon.</param>
    /// <exception cref="ArgumentException">The record is of another run, or of one without evaluations.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Retrace Of(RunResult record, RunRequest request, FeatureStore features, int evaluations, IProgress<RunStage>? progress = null, CancellationToken cancel = default)
    {
        if (RunSpec.Of(request) != record.Spec) throw new ArgumentException($"{record.Id} is another run", nameof(request));
        if (record.Evaluations.Count == 0) throw new ArgumentException($"{record.Id} has no evaluations", nameof(record));
        ArgumentOutOfRangeException.ThrowIfLessThan(evaluations, 1);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var now = new List<EpochRecord>();
        var listener = new Relay<RunStage>(stage =>
        {
            progress?.Report(stage);
            if (stage.Training?.LastEvaluation is not { } last || last.Epoch == now.LastOrDefault()?.Epoch) return;
            now.Add(last);
            if (now.Count >= evaluations) enough.Cancel();
        });
        try
        {
            _ = new MethodRunner(request, features).Run(checkpoint: null, listener, cancel: enough.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // It has gone far enough.
        }
        return new Retrace([.. record.Evaluations.Zip(now, (then, again) => new RetracedEvaluation(then, again))]);
    }
}
