namespace MedBench.Runs.Progress;

/// <summary>Where a grid stands, for whoever watches from another process.</summary>
/// <param name="Id">Of the process that runs it.</param>
/// <param name="Title">What is run, for example the path of its experiments.</param>
/// <param name="Cells">Cells in all.</param>
/// <param name="Done">Finished cells, those found in the store included.</param>
/// <param name="Failed">Cells that ended with an error.</param>
/// <param name="Barred">Cells that cannot be run here.</param>
/// <param name="Current">The cell under way; null between cells.</param>
/// <param name="Estimate">Seconds that all that was to be run would take, by the estimate made at the start.</param>
/// <param name="EstimateDone">Of these, what is behind.</param>
/// <param name="StartedUtc">When it began.</param>
/// <param name="UpdatedUtc">When this was written: the heartbeat.</param>
public sealed record GridStatus(
    string Id,
    string Title,
    int Cells,
    int Done,
    int Failed,
    int Barred,
    string? Current,
    double Estimate,
    double EstimateDone,
    DateTimeOffset StartedUtc,
    DateTimeOffset UpdatedUtc)
{
    /// <summary>Seconds until the grid is done: the estimate of what is left, corrected by the pace so far.</summary>
    public double SecondsLeft
    {
        get
        {
            double left = Math.Max(0, Estimate - EstimateDone);
            return EstimateDone > 0 ? left * (UpdatedUtc - StartedUtc).TotalSeconds / EstimateDone : left;
        }
    }
}
