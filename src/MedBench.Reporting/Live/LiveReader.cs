using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Runs.Progress;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Live;

/// <summary>Looks at a results store again and again; a finished run is read once. It never writes.</summary>
/// <param name="folder">The store.</param>
/// <param name="clock">Default: the system's. Heartbeats of other machines are compared with it.</param>
public sealed class LiveReader(string folder, TimeProvider? clock = null)
{
    /// <summary>Silence after which a process is taken for dead. It writes every second.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(30);

    private const int Latest = 20;
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Dictionary<string, FinishedRun?> _finished = new(StringComparer.Ordinal);

    /// <summary>The store now.</summary>
    public LiveSnapshot Read()
    {
        var now = _clock.GetUtcNow();
        // First the runs under way, then the finished ones: a run that ends meanwhile is seen twice rather than never.
        var running = new ProgressFolder(folder).ReadRuns();
        var grids = new ProgressFolder(folder).ReadGrids();
        ReadFinished();
        var finished = _finished.Values.OfType<FinishedRun>().ToList();
        return new LiveSnapshot(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            [.. grids.OrderBy(g => g.StartedUtc).Select(g => new LiveGrid(g, g.SecondsLeft, Silent(g.UpdatedUtc, now), IsStale(g.UpdatedUtc, now)))],
            [.. running.Where(r => !_finished.ContainsKey(r.Id)).OrderBy(r => r.StartedUtc).Select(r => new LiveRun(r, r.SecondsLeft, Silent(r.UpdatedUtc, now), IsStale(r.UpdatedUtc, now)))],
            finished.Count,
            _finished.Count - finished.Count,
            [.. finished.OrderByDescending(r => r.FinishedUtc).ThenBy(r => r.Id, StringComparer.Ordinal).Take(Latest)],
            now);
    }

    private static double Silent(DateTimeOffset heartbeat, DateTimeOffset now) => Math.Max(0, (now - heartbeat).TotalSeconds);

    private static bool IsStale(DateTimeOffset heartbeat, DateTimeOffset now) => now - heartbeat > StaleAfter;

    private void ReadFinished()
    {
        string[] present = [.. FolderListing.Folders(folder).Select(path => Path.GetFileName(path)!).Where(RunSpec.IsId)];
        foreach (string gone in _finished.Keys.Except(present).ToList()) _finished.Remove(gone);
        foreach (string id in present)
            if (!_finished.ContainsKey(id)) _finished[id] = ReadOne(Path.Combine(folder, id, "result.json"));
    }

    private static FinishedRun? ReadOne(string file)
    {
        try
        {
            return FinishedRun.Of(RunResult.Read(TextFile.Bytes(file), file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or MedBenchException)
        {
            // `medbench report` says what is wrong with it; a view that is only watched goes on.
            return null;
        }
    }
}
