using System.Diagnostics;

namespace MedBench.Core.Files;

/// <summary>Sees whether the heartbeat of a lease stands still, by this process's own monotonic clock: clocks that jump or disagree do not matter.</summary>
/// <param name="number">Which lease of the row.</param>
/// <param name="staleAfter">Standing still for so long is death.</param>
internal sealed class Watch(int number, TimeSpan staleAfter)
{
    // A pause of this process, during which the owner may have been paused, too, counts for no more than this.
    private readonly TimeSpan _longestStep = staleAfter / 3;
    private readonly Lock _gate = new();
    private string? _content;
    private long _lookedAt;
    private TimeSpan _still;

    public int Number => number;

    /// <summary>Whether the content stood still for long enough.</summary>
    public bool IsStale
    {
        get
        {
            lock (_gate) return _still >= staleAfter;
        }
    }

    /// <summary>Reads the content once more.</summary>
    public string Look(Func<string> read)
    {
        lock (_gate)
        {
            // Taken before reading, and the other end after it: the time between is a time without change.
            var step = Stopwatch.GetElapsedTime(_lookedAt);
            string content = read();
            if (content != _content) (_content, _still) = (content, TimeSpan.Zero);
            else _still += step < _longestStep ? step : _longestStep;
            _lookedAt = Stopwatch.GetTimestamp();
            return content;
        }
    }
}
