using System.Collections.Concurrent;
using MedBench.Core.Errors;

namespace MedBench.Core.Files;

/// <summary>
/// Rights that one process at a time has, among any number of processes on any machines that share a folder.
/// </summary>
/// <remarks>
/// A right is a row of files, <c>NAME.1.lease</c>, <c>NAME.2.lease</c> …: whoever makes the next one has it, and may do so once
/// the last one is free. A file is written by its maker alone and never removed while the right is of use, so the only thing
/// asked of the file system is that an exclusive create (<c>O_EXCL</c>) succeeds once: true of local disks and of NFS 3 and
/// later. No lock of the operating system, no time stamp and no clock of another machine is relied on: an owner is taken for
/// dead when the kernel of this machine says so, or when its heartbeat stands still while this process watches it.
/// </remarks>
/// <param name="folder">Where the files are; made if missing.</param>
/// <param name="staleAfter">A heartbeat that stands still for so long is that of a dead process.</param>
/// <param name="fix">What the user can do where the folder cannot be written; null for the usual.</param>
public sealed class Leases(string folder, TimeSpan staleAfter, string? fix = null)
{
    private const int BeatsBeforeStale = 12;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Watch> _watched = new(StringComparer.Ordinal);

    /// <summary>The right <paramref name="name"/>, or null while another process has it. Ask again and again: looking is what finds out the dead.</summary>
    /// <param name="name">Fit for a file name.</param>
    /// <exception cref="MedBenchException">The folder cannot be written.</exception>
    public Lease? TryAcquire(string name)
    {
        try
        {
            Directory.CreateDirectory(folder);
            for (int last = Last(name, 0); ; last = Last(name, last + 1))
            {
                if (last > 0 && !IsFree(name, last)) return null;
                if (Lease.TryCreate(PathOf(name, last + 1), staleAfter / BeatsBeforeStale) is { } lease) return lease;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot write {folder}: {e.Message}", fix ?? "free some disk space or choose a folder that you may write to", e);
        }
    }

    /// <summary>The right <paramref name="name"/>, as soon as no other process has it.</summary>
    /// <param name="name">Fit for a file name.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The right, and whether it had to be waited for: what it protects may be done by now.</returns>
    /// <inheritdoc cref="TryAcquire"/>
    public async Task<(Lease Lease, bool Waited)> AcquireAsync(string name, CancellationToken cancel)
    {
        for (bool waited = false; ; waited = true)
        {
            if (TryAcquire(name) is { } lease) return (lease, waited);
            await Task.Delay(s_poll, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the files of a right that nobody needs any more, because what it protects is done and everybody who gets it looks for that first.</summary>
    public void Forget(string name)
    {
        if (!Directory.Exists(folder)) return;
        foreach (string path in Directory.EnumerateFiles(folder, $"{name}.*.lease")) Temporary.TryDelete(path);
        _watched.TryRemove(name, out _);
    }

    private string PathOf(string name, int number) => Path.Combine(folder, FormattableString.Invariant($"{name}.{number}.lease"));

    // Asked by name, since a folder's list may be an old one on NFS. Should an answer be old, too, the exclusive create fails.
    private int Last(string name, int from)
    {
        while (File.Exists(PathOf(name, from + 1))) from++;
        return from;
    }

    // Its holder has it open for writing, and Windows lets nobody read who does not allow for that.
    private static string Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private bool IsFree(string name, int number)
    {
        try
        {
            var watch = _watched.AddOrUpdate(name, _ => new Watch(number, staleAfter), (_, old) => old.Number == number ? old : new Watch(number, staleAfter));
            return watch.Look(() => Read(PathOf(name, number))) is var content && (Lease.IsFree(content) || watch.IsStale);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true; // Forgotten, so what it protected is done.
        }
    }
}
