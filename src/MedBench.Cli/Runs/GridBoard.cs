using MedBench.Runs.Progress;

namespace MedBench.Cli.Runs;

/// <summary>Keeps a grid's <see cref="GridStatus"/> in the store while it runs, for <c>medbench serve</c>.</summary>
internal sealed class GridBoard : IDisposable
{
    private readonly Lock _changing = new();
    private readonly StatusFile _file;
    private GridStatus _status;

    /// <summary>Starts it.</summary>
    /// <param name="store">Folder of the results store.</param>
    /// <param name="title">What is run.</param>
    /// <param name="plan">The grid.</param>
    public GridBoard(string store, string title, GridPlan plan)
    {
        string id = Guid.NewGuid().ToString("N");
        int barred = plan.Steps.Count(s => s.Obstacle is not null), done = plan.Steps.Count(s => s.Missing == 0);
        _status = new GridStatus(id, title, plan.Steps.Count, done, 0, barred, null, plan.Seconds, 0, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
        _file = new StatusFile(new ProgressFolder(store).GridFile(id), () => Current);
    }

    /// <summary>Where the grid stands.</summary>
    public GridStatus Current
    {
        get
        {
            lock (_changing) return _status with { UpdatedUtc = DateTimeOffset.UtcNow };
        }
    }

    /// <summary>A cell begins.</summary>
    public void Begin(GridStep step) => Change(s => s with { Current = step.Cell.Id });

    /// <summary>The cell is left for later.</summary>
    public void Pause() => Change(s => s with { Current = null });

    /// <summary>The cell is over. One that was in the store counted as done from the start.</summary>
    public void End(GridStep step, bool failed = false) => Change(s => s with
    {
        Current = null,
        Done = s.Done + (failed || step.Missing == 0 ? 0 : 1),
        Failed = s.Failed + (failed ? 1 : 0),
        EstimateDone = s.EstimateDone + step.Seconds,
    });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Change(Func<GridStatus, GridStatus> change)
    {
        lock (_changing) _status = change(_status);
    }
}
