using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Runs.Progress;

/// <summary>Passes a run's progress on, and keeps its <see cref="RunStatus"/> in the store while the run lasts.</summary>
public sealed class RunBeacon : IProgress<RunStage>, IDisposable
{
    private readonly RunSpec _spec;
    private readonly IProgress<RunStage>? _listener;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _started;
    private readonly Lock _reporting = new();
    private readonly StatusFile _file;
    private RunStage _stage = new("starting", 0, 0);
    private (DateTimeOffset Started, long Before) _since;

    /// <summary>Starts it.</summary>
    /// <param name="store">Folder of the results store.</param>
    /// <param name="spec">The run.</param>
    /// <param name="listener">Told of every stage at once, on the reporting thread.</param>
    /// <param name="interval">Time between two writings; default one second.</param>
    /// <param name="clock">Default: the system's.</param>
    public RunBeacon(string store, RunSpec spec, IProgress<RunStage>? listener = null, TimeSpan? interval = null, TimeProvider? clock = null)
    {
        (_spec, _listener, _clock) = (spec, listener, clock ?? TimeProvider.System);
        _started = _clock.GetUtcNow();
        _since = (_started, 0);
        _file = new StatusFile(new ProgressFolder(store).RunFile(spec.Id), () => Current, interval);
    }

    /// <summary>Where the run stands.</summary>
    public RunStatus Current
    {
        get
        {
            lock (_reporting)
                return new RunStatus(
                    _spec.Id, _spec.Dataset, _spec.Size, _spec.Model, _spec.Method.ToString(), _spec.Recipe, _spec.Subset.ToString(), _spec.Seed,
                    _stage.What, _stage.Done, _since.Before, _stage.Total, _stage.Training is { } training ? TrainingStatus.Of(training) : null,
                    [.. _stage.Training?.Warnings ?? []], _started, _since.Started, _clock.GetUtcNow());
        }
    }

    /// <inheritdoc/>
    public void Report(RunStage value)
    {
        lock (_reporting)
        {
            if (value.What != _stage.What) _since = (_clock.GetUtcNow(), value.Done);
            _stage = value;
        }
        _listener?.Report(value);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
