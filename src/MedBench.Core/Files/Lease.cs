using System.Globalization;
using System.Text;

namespace MedBench.Core.Files;

/// <summary>A right taken from <see cref="Leases"/>. A heartbeat keeps it; disposing gives it back.</summary>
public sealed class Lease : IDisposable
{
    private const string Held = "held", Over = "over";

    // EEXIST of Linux and macOS, ERROR_FILE_EXISTS of Windows.
    private static readonly int[] s_fileExists = [17, unchecked((int)0x80070050)];

    private readonly FileStream _file;
    private readonly ManualResetEventSlim _released = new();
    private readonly Thread _heartbeat;
    private long _beats;

    private Lease(FileStream file, TimeSpan interval)
    {
        _file = file;
        Write(Held);
        // A thread of its own: a busy thread pool must not cost us the right.
        _heartbeat = new Thread(() => Beat(interval)) { IsBackground = true, Name = "lease heartbeat" };
        _heartbeat.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_released.IsSet) return;
        _released.Set();
        _heartbeat.Join();
        TryWrite(Over);
        _file.Dispose();
    }

    /// <summary>Makes the file at <paramref name="path"/> and with it takes the right; null where another process was faster.</summary>
    internal static Lease? TryCreate(string path, TimeSpan interval)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
        }
        catch (IOException e) when (s_fileExists.Contains(e.HResult))
        {
            return null;
        }
        try
        {
            return new Lease(file, interval);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether <paramref name="content"/>, of a lease's file, says by itself that the right is free: given back, or its owner known to be dead.</summary>
    internal static bool IsFree(string content) =>
        content.StartsWith(Over, StringComparison.Ordinal) || content.Split(' ') is [Held, _, var owner, ..] && ProcessTag.Parse(owner) is { IsKnownDead: true };

    private void Beat(TimeSpan interval)
    {
        while (!_released.Wait(interval)) TryWrite(Held);
    }

    private void TryWrite(string state)
    {
        try
        {
            Write(state);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next beat tries again; others take the right only after several are missed.
        }
    }

    // In place, always the same length: the file stays ours alone, and needs no room on a full disk.
    private void Write(string state)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{state} {_beats++:D12} {ProcessTag.Current} host {Environment.MachineName}\n");
        _file.Position = 0;
        _file.Write(Encoding.UTF8.GetBytes(line));
        _file.Flush(flushToDisk: true);
    }
}
