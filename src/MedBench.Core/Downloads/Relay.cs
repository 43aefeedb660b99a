namespace MedBench.Core.Downloads;

/// <summary>Progress passed on at once on the reporting thread (<see cref="Progress{T}"/> would post it elsewhere, and late).</summary>
/// <param name="report">Told of everything.</param>
public sealed class Relay<T>(Action<T> report) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => report(value);
}
