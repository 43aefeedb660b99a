namespace MedBench.Data.Downloads;

/// <summary>A failure of the network or the server, as opposed to one of the disk.</summary>
/// <param name="message">What happened.</param>
/// <param name="transient">Whether another attempt may succeed.</param>
/// <param name="cause">The exception underneath, if any.</param>
internal sealed class TransferException(string message, bool transient, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether another attempt may succeed.</summary>
    public bool Transient { get; } = transient;
}
