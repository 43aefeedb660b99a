using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Runs.Progress;

/// <summary>A small file that says where some work stands: written anew on a timer, whole each time, and gone when disposed of.</summary>
/// <remarks>The work itself never waits for the file: it lies on a file system that may be slow, full or read-only.</remarks>
public sealed class StatusFile : IDisposable
{
    private readonly string _path;
    private readonly Func<object> _current;
    private readonly Lock _writing = new();
    private readonly Timer _timer;
    private bool _over;

    /// <summary>Starts the writing.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="current">What to write now, called on a thread of the timer.</param>
    /// <param name="interval">Time between two writings; default one second.</param>
    public StatusFile(string path, Func<object> current, TimeSpan? interval = null)
    {
        (_path, _current) = (path, current);
        _timer = new Timer(_ => Write(), null, TimeSpan.Zero, interval ?? TimeSpan.FromSeconds(1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_writing)
        {
            _over = true;
            try
            {
                File.Delete(_path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Without a heartbeat it is seen to be stale.
            }
        }
    }

    private void Write()
    {
        // On a slow disk, a beat is left out rather than queued.
        if (!_writing.TryEnter()) return;
        try
        {
            if (!_over) AtomicFile.WriteText(_path, StrictJson.Write(_current()));
        }
        catch (MedBenchException)
        {
            // Nobody can watch then; the run goes on.
        }
        finally
        {
            _writing.Exit();
        }
    }
}
