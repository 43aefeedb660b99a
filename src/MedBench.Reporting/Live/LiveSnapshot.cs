namespace MedBench.Reporting.Live;

/// <summary>What a results store looks like at one moment.</summary>
/// <param name="Store">Name of its folder, without the path.</param>
/// <param name="Grids">Grids under way.</param>
/// <param name="Running">Runs under way.</param>
/// <param name="FinishedCount">Runs in the store.</param>
/// <param name="Unreadable">Folders of the store whose record cannot be read.</param>
/// <param name="Finished">The latest of them, the last first.</param>
/// <param name="TakenUtc">When.</param>
public sealed record LiveSnapshot(
    string Store,
    IReadOnlyList<LiveGrid> Grids,
    IReadOnlyList<LiveRun> Running,
    int FinishedCount,
    int Unreadable,
    IReadOnlyList<FinishedRun> Finished,
    DateTimeOffset TakenUtc);
