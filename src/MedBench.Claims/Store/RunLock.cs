using MedBench.Data.Files;

namespace MedBench.Claims.Store;

/// <summary>The right to compute one run. A heartbeat keeps it; disposing gives it back.</summary>
public sealed class RunLock : IDisposable
{
    private readonly string path;
    private readonly string owner;
    private readonly ManualResetEventSlim released = new();
    private readonly Thread heartbeat;

    private RunLock(string path, string owner, TimeSpan interval)
    {
        (this.path, this.owner) = (path, owner);
        // A thread of its own: a busy thread pool must not cost us the lock.
        heartbeat = new Thread(() => Beat(interval)) { IsBackground = true, Name = "run lock heartbeat" };
        heartbeat.Start();
    }

    /// <summary>Whether the lock is still ours: a process that slept for long may have lost it to another.</summary>
    public bool IsHeld
    {
        get
        {
            try
            {
                return File.ReadAllText(path) == owner;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (released.IsSet)
            return;
        released.Set();
        heartbeat.Join();
        if (IsHeld)
            File.Delete(path);
    }

    internal static RunLock Take(string path, TimeSpan interval)
    {
        string owner = $"host {Environment.MachineName}, process {Environment.ProcessId}, {Guid.NewGuid():N}\n";
        AtomicFile.WriteText(path, owner);
        return new RunLock(path, owner, interval);
    }

    private void Beat(TimeSpan interval)
    {
        while (!released.Wait(interval))
        {
            try
            {
                if (IsHeld)
                    File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next beat tries again; the lock only becomes stale after several are missed.
            }
        }
    }
}
