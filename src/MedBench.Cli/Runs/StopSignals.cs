using System.Runtime.InteropServices;
using MedBench.Cli.Display;
using MedBench.Training.Engine;

namespace MedBench.Cli.Runs;

/// <summary>
/// Turns the first SIGINT, SIGTERM or SIGUSR1 into a cancellation: the run under way saves a checkpoint and the process ends.
/// Schedulers send SIGTERM before they take a machine away, Slurm SIGUSR1 before a time limit. A second Ctrl-C ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly bool _quiet;
    private int _exitCode;

    /// <param name="outer">Cancels, too.</param>
    /// <param name="quiet">Whether nothing is said: being stopped is how the command ends.</param>
    public StopSignals(CancellationToken outer, bool quiet = false)
    {
        _quiet = quiet;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(outer);
        SuddenEnd.TakeOver();
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
        catch (OperationCanceledException e) when (_exitCode != 0)
        {
            Terminal.Error(e is StoppedTraining { Checkpoint: { } path } ? $"stopped by a signal; the training under way is saved in {path}" : "stopped by a signal", "the same command goes on from where it was");
            return _exitCode;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SuddenEnd.GiveBack();
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void Listen(PosixSignal signal, int exitCode) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        bool first = Interlocked.CompareExchange(ref _exitCode, exitCode, 0) == 0;
        // A person who presses Ctrl-C twice means it. Schedulers signal a process and its group, and so one process twice: their last word is SIGKILL.
        context.Cancel = first || signal != PosixSignal.SIGINT;
        if (!first) return;
        if (!_quiet) Terminal.Note("stopping; a training under way is saved first; Ctrl-C ends at once");
        _stop.Cancel();
    }));
}
