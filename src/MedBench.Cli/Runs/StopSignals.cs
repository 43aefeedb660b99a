using System.Runtime.InteropServices;
using MedBench.Cli.Display;

namespace MedBench.Cli.Runs;

/// <summary>
/// Turns the first SIGINT, SIGTERM or SIGUSR1 into a cancellation: the run under way saves a checkpoint and the process ends.
/// The second ends the process at once. Schedulers send SIGTERM before they take a machine away, Slurm SIGUSR1 before a time limit.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _exitCode;

    /// <param name="outer">Cancels, too.</param>
    public StopSignals(CancellationToken outer)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(outer);
        Listen(PosixSignal.SIGINT, ExitCodes.Interrupted);
        Listen(PosixSignal.SIGTERM, ExitCodes.Stopped);
        // No name in .NET: its number is 10 on Linux and 30 on macOS.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) Listen((PosixSignal)(OperatingSystem.IsLinux() ? 10 : 30), ExitCodes.Stopped);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Does the work; where a signal stopped it, says so.</summary>
    /// <returns>Its exit code, or that of the signal.</returns>
    public int Guard(Func<CancellationToken, int> work)
    {
        try
        {
            return work(Token);
        }
        catch (OperationCanceledException) when (_exitCode != 0)
        {
            Terminal.Error("stopped by a signal", "the same command goes on from where it was");
            return _exitCode;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void Listen(PosixSignal signal, int exitCode) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        // The second has its default effect: the end.
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0) return;
        context.Cancel = true;
        Terminal.Note("stopping: a checkpoint is saved; the same signal again ends at once");
        _stop.Cancel();
    }));
}
