using System.Diagnostics;
using MedBench.Data.Errors;

namespace MedBench.Claims.Store;

/// <summary>
/// One file a run under way, naming its owner; its time of last change is the heartbeat. Looking and taking happen under a short
/// exclusive lock of the operating system, which a dying process loses at once, so two can never take over the same stale file.
/// </summary>
internal sealed class RunLocks(string folder, TimeSpan staleAfter)
{
    private const int BeatsBeforeStale = 12;
    private static readonly TimeSpan GuardPause = TimeSpan.FromMilliseconds(5), GuardLimit = TimeSpan.FromSeconds(30);

    internal RunLock? TryAcquire(string id)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, id + ".lock");
            using var guard = Guard();
            return IsAlive(path) ? null : RunLock.Take(path, staleAfter / BeatsBeforeStale);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot lock a run in {folder}: {e.Message}", "choose a results folder that you may write to, on a disk that supports file locks", e);
        }
    }

    private bool IsAlive(string path) => File.Exists(path) && DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < staleAfter;

    private FileStream Guard()
    {
        string path = Path.Combine(folder, "guard");
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waiting.Elapsed < GuardLimit)
            {
                // Another process holds it, for milliseconds.
                Thread.Sleep(GuardPause);
            }
        }
    }
}
