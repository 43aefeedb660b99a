namespace MedBench.Core.Downloads;

/// <summary>A failure of the network or the server, as opposed to one of the disk.</summary>
/// <param name="message">What happened.</param>
/// <param name="transient">Whether another try may succeed.</param>
/// <param name="cause">The exception underneath, if any.</param>
internal sealed class TransferException(string message, bool transient = true, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether another try may succeed.</summary>
    public bool Transient { get; } = transient;

    /// <summary>The wait that the server asks for; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
