using MedBench.Runs.Progress;

namespace MedBench.Runs.Execution;

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
        _status = new GridStatus(id, title, plan.Steps.Count, plan.Done, 0, plan.Barred, null, plan.Seconds, 0, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
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
    public void Begin(GridStep step) => Change(s => s with { Current = step.Obstacle is null ? step.Cell.Id : null });

    /// <summary>The cell is over, or left for later. One that was in the store counted as done from the start, and one that is barred has no part in the estimate.</summary>
    public void End(GridOutcome outcome) => Change(s => s with
    {
        Current = null,
        Done = s.Done + (outcome is { End: GridEnd.Done, Step.IsDone: false } ? 1 : 0),
        Failed = s.Failed + (outcome.End == GridEnd.Failed ? 1 : 0),
        EstimateDone = s.EstimateDone + (outcome.End is GridEnd.Done or GridEnd.Failed ? outcome.Step.Seconds : 0),
    });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Change(Func<GridStatus, GridStatus> change)
    {
        lock (_changing) _status = change(_status);
    }
}
