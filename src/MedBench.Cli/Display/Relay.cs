namespace MedBench.Cli.Display;

/// <summary>Progress passed on at once on the reporting thread (<see cref="Progress{T}"/> would post it elsewhere, and late).</summary>
internal sealed class Relay<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
